"""Files of a test go to a folder of its own; a conftest.py that imports the fixture has it for all its tests."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.WORK_DIR = str(tmp_path / "work")
    settings.RECEIVING_DIR = str(tmp_path / "receiving")
