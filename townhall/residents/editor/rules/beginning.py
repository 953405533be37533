"""A new service: the smallest one that works, in the words of whoever asks for it."""

from collections.abc import Mapping

from townhall.residents.editor.rules import letters
from townhall.residents.editor.rules.names import name_of
from townhall.residents.editor.rules.yaml_files import (
    CannotChange,
    Words,
    as_map,
    flow,
    opened,
    put_words,
    words,
    written,
)

Files = dict[str, str]


def begun(smallest: Mapping[str, str], *, name: Words, summary: Words, team: str, team_name: Words) -> Files:
    """The files of a new service that a team answers for, made of the smallest one."""
    owner = name_of(team or team_name.en, (), "team")
    files = dict(smallest)
    sheet = opened(files["service.yaml"], "service.yaml")
    put_words(sheet, "name", name)
    put_words(sheet, "summary", summary)
    sheet["owner"] = owner
    sheet["teams"] = flow({owner: flow({"en": team_name.en, "cy": team_name.cy or team_name.en})})
    put_words(sheet, "contact", Words(f"Ask {team_name.en}.", f"Holwch {team_name.cy or team_name.en}."))
    form, process = opened(files["form.yaml"], "form.yaml"), opened(files["process.yaml"], "process.yaml")
    put_words(form, "name", name)
    put_words(process, "name", name)
    process["states"]["answer"]["task"]["who"] = owner
    letter = letters.letter_of(files["letters/received.md"])
    welsh = name.cy or name.en
    head = {
        "title": f"{name.en}: received", "title_cy": f"{welsh}: wedi dod i law",
        "subject_en": f"{name.en}: we have what you sent", "subject_cy": f"{welsh}: mae'r hyn a anfonoch gyda ni",
    }  # fmt: skip
    told = letters.Letter(head, letter.body_en, letter.body_cy, letter.examples)
    lines = files["README.md"].split("\n")
    return files | {
        "service.yaml": written(sheet), "form.yaml": written(form), "process.yaml": written(process),
        "letters/received.md": letters.file_of(told), "README.md": "\n".join([f"# {name.en}", *lines[1:]]),
    }  # fmt: skip


def owner_of(files: Mapping[str, str]) -> tuple[str, Words, Words]:
    """The team that a service's files name as its owner, that team's name, and the service's name; empty where the
    sheet cannot be read.
    """
    try:
        sheet = opened(files.get("service.yaml", ""), "service.yaml")
    except CannotChange:
        return "", Words(), Words()
    owner = sheet.get("owner")
    held = as_map(sheet.get("teams")).get(owner) if isinstance(owner, str) else None
    return (str(owner) if isinstance(owner, str) else ""), words(held), words(sheet.get("name"))
