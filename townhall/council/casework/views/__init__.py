"""The officer's pages: parse, call, render."""
