"""The pages of services: what there is, filling in, saving, sending, and what became of it."""
