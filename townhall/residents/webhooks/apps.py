from townhall.kernel.modules import base


class Webhooks(base.Module):
    name = "townhall.residents.webhooks"
    title = "Webhooks"
    standard = "CloudEvents 1.0, Standard Webhooks"
    prefix = "webhooks/"
