from townhall.kernel.modules import base


class Modules(base.Module):
    name = "townhall.kernel.modules"
    title = "Modules"
