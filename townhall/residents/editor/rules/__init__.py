"""What a change of a service's files is: pure functions from text to text, and what differs between two of them."""
