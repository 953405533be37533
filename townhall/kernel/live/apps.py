from townhall.kernel.modules import base


class Live(base.Module):
    name = "townhall.kernel.live"
    title = "Live pages"
    standard = "Server-sent events (HTML Living Standard)"
    prefix = "live/"
