"""A pytest plugin that is loaded before Django's settings are read: the tests' own environment."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.gettempdir()) / f"townhall-test-{os.getuid()}-{os.getpid()}"
os.environ |= {
    "TOWNHALL_DEMO": "1",
    "TOWNHALL_HOME": str(HOME),
    "TOWNHALL_SECRET_KEY": "for tests only",
    "TOWNHALL_LOG_LEVEL": "CRITICAL",
    "TOWNHALL_URL": "http://localhost:8000",
    "DATABASE_URL": "postgresql:///not-made-yet",
}
for name in ("TOWNHALL_SMTP_URL", "TOWNHALL_NOTIFY_KEY", "TOWNHALL_S3_BUCKET", "TOWNHALL_SCANNER", "TOWNHALL_OIDC"):
    os.environ.pop(name, None)
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
