from townhall.kernel.modules import base


class Open311(base.Module):
    name = "townhall.residents.open311"
    title = "Open311"
    standard = "Open311 GeoReport v2"
    prefix = "open311/"
