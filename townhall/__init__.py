"""Townhall: the open digital town hall for UK councils."""
