from townhall.kernel.modules import base


class Upkeep(base.Module):
    name = "townhall.upkeep"
    title = "Backup, restore, upgrade"
    standard = "age encryption (C2SP), tar"
