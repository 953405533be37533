from townhall.kernel.modules import base


class Documents(base.Module):
    name = "townhall.kernel.documents"
    title = "Documents"
    prefix = "documents/"
