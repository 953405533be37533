from townhall.kernel.modules import base


class Authorities(base.Module):
    name = "townhall.kernel.authority"
    title = "This council and its neighbours"
    standard = "ONS GSS codes"
