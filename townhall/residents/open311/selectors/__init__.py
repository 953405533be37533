"""What Open311 answers: services, requests, updates."""
