from townhall.kernel.modules import base


class Cases(base.Module):
    name = "townhall.kernel.cases"
    title = "Cases"
