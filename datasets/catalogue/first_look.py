"""The first look at a file, with what was answered about earlier files, and what of a read its publisher is asked.

An old answer holds where it takes nothing from the file: an encoding does not outvote valid UTF-8, and a type that
values of this file contradict is asked again.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from datasets.catalogue import profiling
from datasets.catalogue.reading import Choices, Table
from datasets.catalogue.reading.columns import MISSING
from datasets.catalogue.reading.encoding import bad_utf8, find_encoding, propose, strangeness
from datasets.catalogue.reading.proposals import YES_NO
from datasets.catalogue.reading.refusals import Unreadable

# As `read` has them.
LANGUAGES = ("en", "de", "el")
COMMA = "number:comma"
# A column of yes and no has two words, and some for what is missing.
MOST_WORDS = 8
# Questions that no field of the form answers: they are said, and what is wrong is mended in the file.
WITHOUT_FIELD = ("header", "axes")


def choices(answers: dict[str, Any]) -> Choices:
    """Answers as the reader takes them; of a dataset that has none yet, none."""
    return Choices(answers.get("encoding", ""), answers.get("delimiter", ""), answers.get("types", {}))


def answers_of(chosen: Choices) -> dict[str, Any]:
    """The same as an upload and a dataset keep them."""
    return {"encoding": chosen.encoding, "delimiter": chosen.delimiter, "types": dict(chosen.types)}


def look(path: Path, remembered: Choices, read_by: Callable[[Choices], Table]) -> tuple[Table, Choices]:
    """The table as `read_by` has read the file last, and the answers by which it did.

    Whoever confirms these has the file read in the same way. It is read once, and again where an old answer fails.
    """
    types = dict(remembered.types)
    # Without them at first: 1.234 is a number by a decimal comma, too, and another one.
    commas = {name for name, kind in types.items() if kind == COMMA}
    chosen = Choices(_encoding(path, remembered.encoding), remembered.delimiter, _without(types, commas))
    table = read_by(chosen)
    if (chosen.encoding or chosen.delimiter) and (table.refused or len(table.header) < 2):
        # By the layout of earlier files it is no table.
        chosen = replace(chosen, encoding="", delimiter="")
        table = read_by(chosen)
    there = set(table.header)
    points = {name for name in commas & there if kind_of(table, name) == "number"}
    chosen = replace(chosen, types=_without(types, types.keys() - there | points))
    if commas & chosen.types.keys():
        table = read_by(chosen)
    wrong = {row.column for row in table.rejected} & chosen.types.keys()
    if wrong:
        chosen = replace(chosen, types=_without(chosen.types, wrong))
        table = read_by(chosen)
    table.ask += [_again(name, types[name]) for name in table.header if name in points | wrong]
    return table, chosen


def _without(types: Mapping[str, str], names: set[str]) -> dict[str, str]:
    return {name: kind for name, kind in types.items() if name not in names}


def _again(name: str, kind: str) -> str:
    words = _(
        "type: column %(name)s was %(type)s in earlier files; values of this one say otherwise. Which is it?"
    )
    return words % {"name": name, "type": kind}


def _encoding(path: Path, remembered: str) -> str:
    """The encoding of earlier files, where this one would be a guess and it is as good a one; else empty."""
    if not remembered:
        return ""
    try:
        found = find_encoding(path, LANGUAGES)
        bad, mostly = bad_utf8(path)
        if found.certain and (found.name != "utf-8" or not bad or mostly):
            return ""
        guess = propose(bad, LANGUAGES) if found.certain else found
    except Unreadable:
        return ""
    as_good = bad and strangeness(bad, remembered) == strangeness(bad, guess.name)
    return remembered if remembered == guess.name or as_good else ""


def kind_of(table: Table, column: str) -> str:
    """The kind of a column, by the names of `Choices.types`."""
    kind, form = table.types.get(column, "string"), table.formats.get(column, "")
    return f"{kind}:{form}" if form else kind


def summary(table: Table, yes_no: Mapping[str, list[str]]) -> dict[str, Any]:
    """The table without its rejected rows, which have rows of their own, and with the words that mean yes and no.

    What is asked is what the form has a field for; the rest is said.
    """
    told = table.as_dict()
    kept = {
        name: value for name, value in told.items() if name not in ("rejected", "rejected_lines", "refused")
    }
    asked = [line for line in table.ask if _has_field(line, table, yes_no)]
    said = [line for line in table.ask if line not in asked]
    return kept | {"ask": asked, "said": [*said, *table.said], "yes_no": dict(yes_no)}


def _has_field(line: str, table: Table, yes_no: Mapping[str, list[str]]) -> bool:
    about = [name for name in table.header if is_about(line, name)]
    if line.startswith("yes or no"):
        return any(name in yes_no for name in about)
    if line.startswith("zone"):
        # Of a column that is kept as text a type can be chosen; in which zone its times are, nowhere.
        return not any(kind_of(table, name) == "datetime" for name in about)
    return not line.startswith(WITHOUT_FIELD)


def is_about(line: str, column: str) -> bool:
    """Whether a question names the column."""
    return bool(re.search(rf"(?<!\w){re.escape(column)}(?!\w)", line))


def yes_no_words(
    table: Table, profile: Mapping[str, Any], target: Path, folder: Path
) -> dict[str, list[str]]:
    """By columns of text the two words of all their rows that may mean yes and no, written as in the file."""
    counts = {name: one["distinct"] for name, one in profile.get("columns", {}).items()}
    texts = [name for name in table.header if table.types.get(name) == "string"]
    few = [name for name in texts if 1 < counts.get(name, 0) <= MOST_WORDS]
    found = {name: sorted(words - MISSING) for name, words in profiling.words(target, folder, few).items()}
    return {name: two for name, two in found.items() if len(two) == 2 and {*map(str.casefold, two)} in YES_NO}
