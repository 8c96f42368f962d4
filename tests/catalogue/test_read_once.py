"""Files that tests publish are read once a process: what memory answers is what the reader does."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from datasets.catalogue import reading_process
from datasets.catalogue.reading import Choices
from datasets.catalogue.reading_process import Answer, Before, read_apart
from tests.factories.catalogue import CSV
from tests.read_once import reading_once

READ = reading_process._answer_in
FILES = ("answer.json", "table.parquet", "table.csv")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders in which the reader itself was at work."""
    folders: list[Path] = []

    def read(folder: Path) -> None:
        folders.append(folder)
        READ(folder)

    monkeypatch.setattr(reading_process, "_answer_in", reading_once(read))
    return folders


def answer(folder: Path, content: bytes = CSV, name: str = "sent.csv", **more: Any) -> Answer:
    """What is said of these bytes in a new folder."""
    folder.mkdir()
    (folder / name).write_bytes(content)
    known: dict[str, Any] = {"choices": Choices(), "csv": folder / "table.csv"}
    return read_apart(folder / name, folder, folder / "table.parquet", **(known | more))


def test_memory_answers_as_the_reader_does(tmp_path: Path, asked: list[Path]) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    assert answer(first) == answer(second)
    assert asked == [first]
    for file in FILES:
        assert (first / file).read_bytes() == (second / file).read_bytes(), file


def test_whatever_else_is_asked_is_read(tmp_path: Path, asked: list[Path]) -> None:
    before = partial(Before, 1, {"fields": []})
    answer(tmp_path / "0")
    old = tmp_path / "0" / "table.parquet"
    questions: list[dict[str, Any]] = [
        {"content": CSV + b"elm,2020-01-02,3\n"},
        {"name": "sent.jsonl"},
        {"look": True},
        {"csv": None},
        {"choices": Choices(types={"height": "string"})},
        {"before": before(old)},
    ]
    for number, question in enumerate(questions, 1):
        answer(tmp_path / str(number), **question)
    with translation.override("de"):
        answer(tmp_path / "de")
    # The same question about another revision before.
    answer(tmp_path / "new", before=before(tmp_path / "1" / "table.parquet"))
    assert len(asked) == len(questions) + 3
