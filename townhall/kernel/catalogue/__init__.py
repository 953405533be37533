"""What a council's services are made of, as data: so far its decisions, processes and forms."""
