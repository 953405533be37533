"""What an officer's pages show: the queue, one case, a caller, a person. Each read asks who is looking."""
