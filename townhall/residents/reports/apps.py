from townhall.kernel.modules import base


class Reports(base.Module):
    name = "townhall.residents.reports"
    title = "Report a problem"
    prefix = "reports/"
