"""Processes: a statechart read from a file, and the pure functions that move a case through it."""
