"""The functions that everyone has. Source: DMN 1.5, 10.3.4."""

from townhall.kernel.catalogue.decisions.feel.functions import (
    contexts,
    conversions,
    lists,
    numerics,
    patterns,
    ranges,
    statistics,
    temporal,
    texts,
)
from townhall.kernel.catalogue.decisions.feel.functions.signatures import BUILTINS, Builtin

__all__ = [
    "BUILTINS", "Builtin", "contexts", "conversions", "lists", "numerics", "patterns", "ranges", "statistics",
    "temporal", "texts",
]  # fmt: skip
