from townhall.kernel.modules import base


class Outbox(base.Module):
    name = "townhall.kernel.outbox"
    title = "Events"
