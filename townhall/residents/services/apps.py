from townhall.kernel.modules import base


class Services(base.Module):
    name = "townhall.residents.services"
    title = "Services online"
    prefix = "services/"
