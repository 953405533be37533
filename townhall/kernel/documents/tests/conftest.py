"""What tests of documents share."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Documents of a test lie in a folder of its own."""
    settings.TOWNHALL_HOME = tmp_path


@pytest.fixture
def make_case(council: Any, at: datetime) -> Callable[..., Any]:
    """Makes bare cases, by the model's name: cases are above this module."""
    model = apps.get_model("cases.Case")
    return lambda **more: model.objects.create(
        **({"kind": "test", "title": "A case", "opened_at": at, "updated_at": at} | more)
    )
