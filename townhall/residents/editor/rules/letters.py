"""The file of a letter in its parts, and put together again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from townhall.kernel.notify.rules import placeholders_in

HEAD = ("title", "title_cy", "subject_en", "subject_cy")
WELSH = "--- cy ---"
SHAPE = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it stands in its file. `examples` has what previews show for each placeholder."""

    head: Mapping[str, str] = field(default_factory=dict[str, str])
    body_en: str = ""
    body_cy: str = ""
    examples: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def used(self) -> list[str]:
        """The placeholders that its texts ask for, in order of their names."""
        texts = (self.head.get("subject_en", ""), self.body_en, self.head.get("subject_cy", ""), self.body_cy)
        return sorted(placeholders_in("\n".join(texts)))


def letter_of(text: str) -> Letter:
    """The parts of a file, as far as there are any."""
    found = SHAPE.match(text.replace("\r\n", "\n"))
    if found is None:
        return Letter(body_en=text.strip())
    head, examples = dict[str, str](), dict[str, str]()
    for line in found.group(1).split("\n"):
        name, _, value = line.partition(":")
        (examples if line[:1].isspace() else head)[name.strip()] = value.strip()
    english, _, welsh = found.group(2).partition(f"\n{WELSH}\n")
    return Letter({key: head.get(key, "") for key in HEAD}, english.strip(), welsh.strip(), examples)


def one_line(text: str) -> str:
    """A text without breaks: what stands in the head has one line."""
    return " ".join(text.split())


def file_of(letter: Letter) -> str:
    """The file of a letter. Placeholders that it does not use have no example; new ones get their own name."""
    head = [f"{key}: {one_line(letter.head.get(key, ''))}" for key in HEAD if one_line(letter.head.get(key, ""))]
    order = [
        *(name for name in letter.examples if name in letter.used),
        *(name for name in letter.used if name not in letter.examples),
    ]
    examples = [f"  {name}: {one_line(letter.examples.get(name, '')) or name.replace('_', ' ')}" for name in order]
    lines = ["---", *head, *(["placeholders:", *examples] if examples else []), "---", tidy(letter.body_en)]
    if letter.body_cy.strip():
        lines += ["", WELSH, tidy(letter.body_cy)]
    return "\n".join(lines) + "\n"


def tidy(text: str) -> str:
    """A body with lines that end in one way, without the marks that divide a file."""
    lines = text.replace("\r\n", "\n").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip() not in {"---", WELSH})


def begun(title: str, title_cy: str, *, with_subject: bool = True) -> str:
    """The file of a letter that says little yet; a document has no subject."""
    head = {"title": title, "title_cy": title_cy}
    head |= {"subject_en": title, "subject_cy": title_cy} if with_subject else {}
    english = "Hello ((name)),\n\nWrite here what the letter says. Your reference is ((reference))."
    welsh = "Helo ((name)),\n\nYsgrifennwch yma beth mae'r llythyr yn ei ddweud. Eich cyfeirnod yw ((reference))."
    return file_of(Letter(head, english, welsh, {"name": "Alex Morgan", "reference": "9TX2-MKD"}))
