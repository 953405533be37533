from townhall.kernel.modules import base


class Payments(base.Module):
    name = "townhall.residents.payments"
    title = "Payments"
    prefix = "payments/"
