"""FEEL, the expression language of DMN: a text is read once and becomes a closure."""
