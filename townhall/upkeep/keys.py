"""The pair of keys: the public one encrypts on this machine, the secret one is kept elsewhere and opens.

They are X25519 keys in the text form of age, so that its own command opens a backup too.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pyrage

from townhall.launch import environment
from townhall.upkeep.failures import NeedsKey

Public = pyrage.x25519.Recipient
Secret = pyrage.x25519.Identity
SETTING = "TOWNHALL_BACKUP_KEY"
MAKE_ONE = "Make a pair with: townhall backup key FILE"


def make_pair(path: Path) -> str:
    """Write a new secret key to `path`, readable by its owner only; the public key that goes with it."""
    pair = Secret.generate()
    made = datetime.now(UTC).isoformat(timespec="seconds")
    lines = f"# created: {made}\n# public key: {pair.to_public()}\n{pair}\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise NeedsKey(f"{path} is there already and is not overwritten: it may be what opens old backups.") from error
    with os.fdopen(handle, "w") as file:
        file.write(lines)
    return str(pair.to_public())


def recipients(given: str = "") -> list[Public]:
    """The public keys that a backup is encrypted to: those given, else the setting's. Raises NeedsKey."""
    words = [word.strip() for word in (given or environment.text(SETTING)).split(",") if word.strip()]
    if not words:
        raise NeedsKey(f"A backup is encrypted and {SETTING} is not set. {MAKE_ONE}, set {SETTING} to what it prints.")
    try:
        return [Public.from_str(word) for word in words]
    except pyrage.RecipientError as error:
        raise NeedsKey(f"{SETTING} is not a public key of age, which begins with age1. {MAKE_ONE}") from error


def identities(path: Path) -> list[Secret]:
    """The secret keys in a file, as `make_pair` or age-keygen writes it. Raises NeedsKey."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        found = [Secret.from_str(line) for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise NeedsKey(f"{path} cannot be read: {error.strerror}.") from error
    except (pyrage.IdentityError, UnicodeDecodeError) as error:
        raise NeedsKey(f"{path} holds no secret key: its line begins with AGE-SECRET-KEY-1.") from error
    if not found:
        raise NeedsKey(f"{path} holds no secret key: its line begins with AGE-SECRET-KEY-1.")
    return found
