"""Performance figures, each beside its limit, measured on real server processes over the synthetic borough."""
