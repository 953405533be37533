from townhall.kernel.modules import base


class Notify(base.Module):
    name = "townhall.kernel.notify"
    title = "Letters"
    standard = "GOV.UK Notify API v2"
    prefix = "letters/"
