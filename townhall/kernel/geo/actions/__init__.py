"""Loading the ground: boundaries, gazetteer, base map."""

from townhall.kernel.geo.actions.loading import Clash, load_town

__all__ = ["Clash", "load_town"]
