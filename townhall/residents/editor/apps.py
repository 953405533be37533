from townhall.kernel.modules import base


class Editor(base.Module):
    name = "townhall.residents.editor"
    title = "Editor of services"
    prefix = "work/services/"
