"""Packages, compiled once for each version and process: a version never changes, so nothing is ever looked at again."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from townhall.kernel.catalogue.forms.browser import sheet
from townhall.kernel.catalogue.forms.schema import schema_of
from townhall.kernel.catalogue.packages.deciding import usual_fees
from townhall.kernel.catalogue.packages.model import Broken, Package
from townhall.kernel.catalogue.packages.reading import examined_files
from townhall.kernel.catalogue.words import Text
from townhall.residents.services.models import Version

MOST_KEPT = 64


@lru_cache(maxsize=MOST_KEPT)
def _compiled(slug: str, content: str) -> Package:
    files = Version.objects.values_list("files", flat=True).get(slug=slug, hash=content)
    found = examined_files(slug, {path: text.encode() for path, text in files.items()}, run_examples=False)
    if found.package is None:
        raise Broken(slug, found.problems)
    return found.package


def package(version: Version) -> Package:
    """The package of a version. Raises Broken for one that this release of the engines cannot read at all: what it
    would refuse to publish today goes on for those who began with it.
    """
    return _compiled(version.slug, version.hash)


def earlier_package(version: Version, content: str) -> Package:
    """The package of any version of a version's service, by its hash. Raises Broken, and Version.DoesNotExist."""
    return _compiled(version.slug, content)


@lru_cache(maxsize=MOST_KEPT)
def _sheet(slug: str, content: str, name: str) -> dict[str, Any]:
    held = _compiled(slug, content)
    return sheet(held.forms[name] if name else held.form)


def browser_sheet(version: Version, name: str = "") -> dict[str, Any] | None:
    """The form of a version, or one of its tasks' and messages' by its name, for a browser, which goes through it by
    the same rules; None where there is none of that name. It has conditions alone, which whoever fills in reads.
    """
    return _sheet(version.slug, version.hash, name) if not name or name in package(version).forms else None


@lru_cache(maxsize=MOST_KEPT)
def _schema(slug: str, content: str, spoken: str) -> dict[str, Any]:
    return schema_of(_compiled(slug, content).form, spoken)


def answers_schema(version: Version, spoken: str) -> dict[str, Any]:
    """The JSON Schema of the answers that the form of a version takes, in the words of a language."""
    return _schema(version.slug, version.hash, spoken)


def fees(held: Package, at: datetime) -> list[tuple[Text, int]]:
    """What the service costs in pence in its usual cases."""
    return usual_fees(held, at=at)
