"""The kinds of letters that modules send."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language

from townhall.kernel.modules.registries import Registry
from townhall.kernel.notify.rules import TextMistake, Wording, parse_letter


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A letter that a module sends: its code, the module it belongs to, and the wording it comes with."""

    code: str
    module: str
    wording: Wording

    @property
    def title(self) -> str:
        """What officers call it, in the language of the page."""
        return (self.wording.title_cy if get_language() == "cy" else "") or self.wording.title

    @property
    def placeholders(self) -> dict[str, str]:
        """The names its text may use, each with an example."""
        return self.wording.examples


letter_kinds: Registry[LetterKind] = Registry("kinds of letters")


def load_folder(folder: Path, module: str) -> None:
    """Register each `<code>.md` in a module's folder `letters/`. Raises TextMistake naming the file.

    Called at start for every module that has the folder: a module registers a letter by writing its file.
    """
    for path in sorted(folder.glob("*.md")):
        try:
            wording = parse_letter(path.read_text(encoding="utf-8"))
        except TextMistake as mistake:
            raise TextMistake(f"{path.name} of {module}: {mistake}") from mistake
        if unknown := wording.used - wording.examples.keys():
            raise TextMistake(f"{path.name} of {module}: no example for: {', '.join(sorted(unknown))}")
        letter_kinds.add(path.stem, LetterKind(code=path.stem, module=module, wording=wording))
