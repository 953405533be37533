from townhall.kernel.modules import base


class Jobs(base.Module):
    name = "townhall.kernel.jobs"
    title = "Background work"
    prefix = "jobs/"
