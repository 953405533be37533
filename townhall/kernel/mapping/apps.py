from townhall.kernel.modules import base


class Mapping(base.Module):
    name = "townhall.kernel.mapping"
    title = "Cases on the map"
    standard = "Mapbox Vector Tile 2.1"
    prefix = "map/"
