from townhall.kernel.modules import base


class Privacy(base.Module):
    name = "townhall.kernel.privacy"
    title = "Privacy"
    standard = "UK GDPR, Data Protection Act 2018"
    prefix = "privacy/"
