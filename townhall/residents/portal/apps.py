from townhall.kernel.modules import base


class Portal(base.Module):
    name = "townhall.residents.portal"
    title = "Front page and my account"
    standard = "GOV.UK Design System"
    prefix = ""
