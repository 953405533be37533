from townhall.kernel.modules import base


class Catalogue(base.Module):
    name = "townhall.kernel.catalogue"
    title = "Catalogue"
    standard = "DMN 1.5"
