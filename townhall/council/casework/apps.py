from townhall.kernel.modules import base


class Casework(base.Module):
    name = "townhall.council.casework"
    title = "Casework"
    prefix = "work/"
