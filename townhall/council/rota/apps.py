from townhall.kernel.modules import base


class Rota(base.Module):
    name = "townhall.council.rota"
    title = "Rota"
    standard = "Working days: Banking and Financial Dealings Act 1971"
    prefix = "work/rota/"
