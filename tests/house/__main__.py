"""`python -m tests.house` writes docs/reference anew."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "townhall.config.settings")
os.environ["TOWNHALL_DEMO"] = "1"
django.setup()

from tests.house import reference  # noqa: E402

reference.write()
