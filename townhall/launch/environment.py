"""Every setting that comes from the environment: its name, meaning and default, read in one place."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Setting:
    """One documented variable. `secret` keeps its value out of `townhall doctor`."""

    name: str
    meaning: str
    default: str = ""
    secret: bool = False


SETTINGS = [
    Setting(
        "DATABASE_URL", "PostgreSQL 16 or later, as the role that serves; unset means the embedded server", secret=True
    ),
    Setting("DATABASE_OWNER_URL", "the role that owns the tables and migrates; unset means DATABASE_URL", secret=True),
    Setting(
        "DATABASE_DIRECT_URL", "the database itself where DATABASE_URL is a PgBouncer in transaction mode", secret=True
    ),
    Setting("DATABASE_REPLICA_URL", "a read replica that lists and maps may be read from", secret=True),
    Setting("TOWNHALL_REPLICA_LAG", "seconds that a replica may be behind and still be read from", "2"),
    Setting("TOWNHALL_HOME", "folder for the embedded database, documents and keys", ".townhall"),
    Setting("TOWNHALL_HOSTS", "comma-separated host names this installation answers to", "localhost,127.0.0.1,[::1]"),
    Setting("TOWNHALL_URL", "the address that letters and links use", "http://localhost:8000"),
    Setting("TOWNHALL_SECRET_KEY", "signs sessions and links; made and kept in TOWNHALL_HOME where unset", secret=True),
    Setting("TOWNHALL_DEMO", "1 for the fictional borough: sign in as anyone, mailbox page", "0"),
    Setting("TOWNHALL_DEBUG", "1 shows traces in the browser; never in production", "0"),
    Setting("TOWNHALL_HTTPS", "1 where browsers reach us by https: secure cookies and HSTS", "0"),
    Setting("TOWNHALL_SIGNED_IN_MINUTES", "minutes without opening a page after which somebody is signed out", "720"),
    Setting("TOWNHALL_PROXIES", "how many reverse proxies of ours add to X-Forwarded-For", "0"),
    Setting(
        "TOWNHALL_LANE",
        "both: one process answers everything; hot or pages: one for each, behind a proxy that routes by path",
        "both",
    ),
    Setting("TOWNHALL_PRIVATE_HOSTS", "comma-separated hosts on private networks that Open311 may call"),
    Setting(
        "TOWNHALL_SMTP_URL",
        "smtp://user:password@host:port?tls=1 for e-mail; unset keeps letters in the mailbox",
        secret=True,
    ),
    Setting("TOWNHALL_MAIL_FROM", "address that letters come from", "noreply@northmere.example"),
    Setting("TOWNHALL_NOTIFY_KEY", "GOV.UK Notify API key", secret=True),
    Setting(
        "TOWNHALL_NOTIFY_URL", "GOV.UK Notify address, to reach a stand-in", "https://api.notifications.service.gov.uk"
    ),
    Setting("TOWNHALL_NOTIFY_TEMPLATES", "Notify template ids, as email=ID,sms=ID"),
    Setting("TOWNHALL_NOTIFY_TOKEN", "bearer token of Notify's call-backs to /letters/notify/receipts", secret=True),
    Setting("TOWNHALL_S3_BUCKET", "bucket for documents; unset keeps them on disk"),
    Setting("TOWNHALL_S3_URL", "address of an S3 API other than the default"),
    Setting("TOWNHALL_SCANNER", "host:port or socket of a clamd that scans uploads; unset means not scanned"),
    Setting("TOWNHALL_BACKUP_KEY", "public keys of age, comma-separated, that backups are encrypted to"),
    Setting("TOWNHALL_CHAOS", "1 only where `townhall chaos` breaks things on purpose", "0"),
    Setting("TOWNHALL_CLOCK_OFFSET", "seconds by which a worker's clock is wrong; only with TOWNHALL_CHAOS=1", "0"),
    Setting(
        "TOWNHALL_PAYMENTS",
        "who takes payments: sandbox (no money moves; what the demo has), or unset: officers take them and say so",
    ),
    Setting("TOWNHALL_OIDC", "OpenID Connect provider for staff, as issuer|client id|secret|name", secret=True),
]
CHOICES = {"TOWNHALL_LANE": ("both", "hot", "pages")}
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def text(name: str) -> str:
    """The variable's value, or its default."""
    return os.environ.get(name, "").strip() or _BY_NAME[name].default


def flag(name: str) -> bool:
    """The variable as yes or no. Raises ImproperlyConfigured for anything but 0 and 1."""
    value = text(name)
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not '{value}'")
    return value == "1"


def number(name: str) -> int:
    """The variable as a whole number. Raises ImproperlyConfigured for anything else."""
    value = text(name)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not '{value}'")
    return int(value)


def whole(name: str) -> int:
    """The variable as a whole number that may be negative. Raises ImproperlyConfigured for anything else."""
    value = text(name)
    if not value.removeprefix("-").isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not '{value}'")
    return int(value)


def choice(name: str) -> str:
    """The variable as one of the words it can be. Raises ImproperlyConfigured for any other."""
    value = text(name)
    if value not in CHOICES[name]:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(CHOICES[name])}, not '{value}'")
    return value


def home() -> Path:
    """The folder for what this installation keeps on disk."""
    return Path(text("TOWNHALL_HOME")).resolve()


def secret_key() -> str:
    """The signing key: from the environment, else one made once and kept with mode 0600."""
    if given := text("TOWNHALL_SECRET_KEY"):
        return given
    path = home() / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"secret-key.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(os.urandom(32).hex())
        os.link(made, path) if not path.exists() else None
        made.unlink()
    return path.read_text().strip()
