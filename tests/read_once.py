"""What this process has read once it does not read again: a thousand tests publish the same few files.

The answer depends on what is asked, on the files and on the language alone. A process of its own (READ_FILES_APART)
reads whatever it is asked, and so do the tests of the reader itself.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

Read = Callable[[Path], None]
# Of the table as Parquet or CSV: what is larger is read each time.
MOST_BYTES = 1 << 16


def reading_once(read: Read) -> Read:
    """The same, which takes what it has answered from memory."""
    known: dict[str, dict[str, bytes]] = {}

    def answer_in(folder: Path) -> None:
        asked = json.loads((folder / "asked.json").read_text())
        question, places = _question(asked, folder), _places(asked, folder)
        if question in known:
            for name, content in known[question].items():
                places[name].write_bytes(content)
            return
        read(folder)
        written = {name: place for name, place in places.items() if place.exists()}
        if all(place.stat().st_size <= MOST_BYTES for place in written.values()):
            known[question] = {name: place.read_bytes() for name, place in written.items()}

    return answer_in


def _places(asked: dict[str, Any], folder: Path) -> dict[str, Path]:
    named = {name: Path(asked[name]) for name in ("target", "csv") if asked[name]}
    return {"answer": folder / "answer.json", **named}


def _question(asked: dict[str, Any], folder: Path) -> str:
    """What is asked, wherever its files lie: the digests of those that are read stand beside it."""
    files = [asked["file"], *([asked["before"]["parquet"]] if asked["before"] else [])]
    digests = [hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in files]
    return json.dumps([asked, digests, get_language()]).replace(str(folder), "")
