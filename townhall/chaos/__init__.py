"""Breaks an installation of its own while it works, and counts what was lost."""
