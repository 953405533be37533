"""What a council's services are made of, as data: so far its decisions and processes."""
