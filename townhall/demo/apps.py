from townhall.kernel.modules import base


class Demo(base.Module):
    name = "townhall.demo"
    title = "The synthetic borough"
    prefix = "demo/"
    demo_only = True
