from townhall.kernel.modules import base


class Measures(base.Module):
    name = "townhall.kernel.measures"
    title = "Measures"
    prefix = "measures/"
