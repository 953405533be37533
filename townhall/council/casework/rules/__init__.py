"""What an officer's pages reckon with: filters, clusters of pins, callers' answers, safe sheets. Pure."""
