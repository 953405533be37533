from townhall.kernel.modules import base


class Geo(base.Module):
    name = "townhall.kernel.geo"
    title = "Places and maps"
    standard = "British National Grid, Mapbox Vector Tile 2.1, GeoJSON (RFC 7946)"
    prefix = "geo/"
