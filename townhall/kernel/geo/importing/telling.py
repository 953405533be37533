"""Progress in the terminal while an import runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@contextmanager
def working(what: str) -> Iterator[Callable[[str, int | None], None]]:
    """A line that says what is being done, how far it is and for how long; quiet where nobody is looking."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None, count="")

        def tell(now: str, count: int | None) -> None:
            progress.update(task, description=now, count="" if count is None else f"{count:,}")

        yield tell
