"""Finds and reads the files of a model and of those that it imports: only files of its own folder."""

from dataclasses import replace
from pathlib import Path

from townhall.kernel.catalogue.decisions.dmn import read_dmn
from townhall.kernel.catalogue.decisions.limits import DEFAULT, Limits
from townhall.kernel.catalogue.decisions.model import Import, Model, ModelError, Place
from townhall.kernel.catalogue.decisions.yaml_models import read_yaml

MOST_FILES, MOST_IMPORTS = 500, 50
YAML = {".yaml", ".yml"}
ENDINGS = {".dmn", ".xml", *YAML}


def read_file(path: Path, limits: Limits = DEFAULT) -> Model:
    """The model of one file. Raises ModelError with file, line and cure."""
    return (read_yaml if path.suffix in YAML else read_dmn)(content_of(path, limits), path.name, limits)


def content_of(path: Path, limits: Limits) -> bytes:
    """What is in a file. Raises ModelError where it is too large or cannot be read."""
    try:
        if path.stat().st_size > limits.document_bytes:
            raise ModelError(f"The file is larger than {limits.document_bytes:,} bytes.", Place(path.name))
        return path.read_bytes()
    except OSError as problem:
        raise ModelError(f"The file cannot be read: {problem.strerror}.", Place(path.name)) from problem


def read_models(path: Path, limits: Limits = DEFAULT) -> list[Model]:
    """The model of a file and all those that it imports, itself first. Raises ModelError where one is missing."""
    found = [read_file(path, limits)]
    for model in found:
        for number, each in enumerate(model.imports):
            if not each.location and not each.namespace:
                raise ModelError("An import names neither a namespace nor a file.", each.place, "Name one.")
            if any(other.namespace == each.namespace for other in found if each.namespace):
                continue
            if len(found) >= MOST_IMPORTS:
                raise ModelError(f"More than {MOST_IMPORTS} models import one another.", each.place)
            other = imported(path.parent, each, limits)
            model.imports[number] = replace(each, namespace=other.namespace)
            if other.namespace not in {one.namespace for one in found}:
                found.append(other)
    return found


def imported(folder: Path, wanted: Import, limits: Limits) -> Model:
    """An imported model, by the file that the import names, else by its namespace."""
    named = folder / Path(wanted.location).name if wanted.location and "//" not in wanted.location else None
    candidates = [named] if named and named.is_file() else sorted(folder.iterdir())[:MOST_FILES]
    for path in candidates:
        if path.suffix not in ENDINGS or "-test-" in path.name or not path.is_file():
            continue
        try:
            model = read_file(path, limits)
        except ModelError:
            continue
        if not wanted.namespace or model.namespace == wanted.namespace:
            return model
    name = wanted.namespace or wanted.location
    raise ModelError(f"The imported model {name!r} is missing.", wanted.place, "Put its file into the same folder.")
