"""The web edge of Open311, and the pages on which administrators make keys."""
