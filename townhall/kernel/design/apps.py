from townhall.kernel.modules import base


class Design(base.Module):
    name = "townhall.kernel.design"
    title = "The look of every page"
    standard = "WCAG 2.2 AA, GOV.UK Frontend 6"
    prefix = "design/"
