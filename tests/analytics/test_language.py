"""What a query may say: closed words, bounds, and nothing of it as SQL."""

import json
from pathlib import Path
from typing import Any

import pytest

from civic.core.errors import Invalid
from datasets.analytics.engine import parsing
from datasets.analytics.engine.parsing import parse, read
from datasets.analytics.forms import fields_of
from tests.analytics.asking import ask, condition, table

HOSTILE = [
    "'; DROP TABLE data; --",
    '"; DROP TABLE data; --',
    "' OR '1'='1",
    '" OR "1"="1',
    "x') UNION SELECT current_setting('memory_limit') --",
    "/etc/passwd",
    "read_text('/etc/passwd')",
    "../../table.parquet",
    "c0",
    "rn",
    "*",
    "COLUMNS(*)",
    "$1",
    "?",
    "{{ x }}",
    "%s%%",
    "\\'; SELECT 1",
    "/* comment */",
    "a\nb; ATTACH '/tmp/x.db'",
    "𝕏'\u202e",
    "=1+1",
]
DEEP = {"column": "a", "is": "given"}
for _depth in range(5):
    DEEP = {"all": [DEEP]}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_values_and_nothing_else(tmp_path: Path, text: str) -> None:
    quoted = text.replace("'", "''")
    path = table(tmp_path, f"(SELECT '{quoted}' AS a, 1 AS b UNION ALL SELECT 'other', 2)")
    assert ask(path, filter=condition("a", "equal", text)).rows == [[text, "1"]]
    assert ask(path, filter=condition("a", "one_of", [text, "x"])).rows == [[text, "1"]]
    assert ask(path, filter=condition("a", "contains", text)).rows == [[text, "1"]]
    assert ask(path, filter=condition("a", "begins_with", text)).rows == [[text, "1"]]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_columns_and_nothing_else(tmp_path: Path, text: str) -> None:
    name = text.replace('"', '""')
    path = table(tmp_path, f'(SELECT 7 AS "{name}", 1 AS other)')
    assert ask(path, columns=[text]).rows == [["7"]]
    measured = ask(path, group=[{"column": text}], measures=[{"take": "sum", "column": text}])
    assert (measured.names, measured.rows) == ([text, f"sum of {text}"], [["7", "7"]])
    assert ask(path, filter=condition(text, "equal", "7"), sort=[{"by": text}]).rows == [["7", "1"]]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "place",
    [
        {"columns": ["TEXT"]},
        {"filter": {"all": [{"column": "TEXT", "is": "given"}]}},
        {"filter": {"all": [{"column": "n", "is": "TEXT", "value": 1}]}},
        {"filter": {"all": [{"column": "n", "is": "equal", "value": "TEXT"}]}},
        {"filter": {"all": [{"column": "day", "is": "less", "value": "TEXT"}]}},
        {"group": [{"column": "TEXT"}]},
        {"group": [{"column": "n", "by": "TEXT"}]},
        {"group": [{"column": "n", "by": "width", "width": "TEXT"}]},
        {"measures": [{"take": "TEXT", "column": "n"}]},
        {"measures": [{"take": "sum", "column": "TEXT"}]},
        {"sort": [{"by": "TEXT"}]},
        {"limit": "TEXT"},
        {"version": "TEXT"},
        {"TEXT": 1},
    ],
    ids=str,
)
def test_what_is_not_there_is_refused_in_words(tmp_path: Path, place: Any, text: str) -> None:
    path = table(tmp_path, "(SELECT 1 AS n, DATE '2020-01-01' AS day)")
    sent = json.loads(json.dumps(place).replace('"TEXT"', json.dumps(text)))
    with pytest.raises(Invalid):
        ask(path, **sent)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "nonsense",
        "[]",
        "null",
        "1" * 5000,
        '{"limit": ' + "9" * 1990 + "}",
        "[" * 1900,
        '{"filter": ' + '{"all": [' * 150 + "]}" * 150 + "}",
        json.dumps({"filter": DEEP}),
        '{"limit": 0}',
        '{"limit": 1000001}',
        '{"limit": true}',
        '{"limit": 1.5}',
        '{"columns": "a"}',
        '{"columns": ["a", "a"]}',
        '{"columns": ["a"], "group": [{"column": "a"}]}',
        '{"columns": ["\\u0000"]}',
        '{"columns": ["\\ud800"]}',
        '{"columns": [""]}',
        '{"columns": [["a"]]}',
        '{"measures": [{"take": ["sum"], "column": "a"}]}',
        '{"measures": [{"take": "count", "column": "a"}]}',
        '{"measures": [{"take": "sum"}]}',
        '{"group": [{"column": "a", "by": "width", "width": "NaN"}]}',
        '{"group": [{"column": "a", "by": "width", "width": 0}]}',
        '{"group": [{"column": "a", "by": "width", "width": "1e-7"}]}',
        '{"group": [{"column": "a", "by": "year", "width": 1}]}',
        '{"group": [' + ", ".join(f'{{"column": "c{place}"}}' for place in range(5)) + "]}",
        '{"filter": {"all": []}}',
        '{"filter": {"all": [{"column": "a", "is": "equal"}]}}',
        '{"filter": {"all": [{"column": "a", "is": "equal", "value": {"b": 1}}]}}',
        '{"filter": {"all": [{"column": "a", "is": "equal", "value": ' + "9" * 1900 + "}]}}",
        '{"filter": {"none": [{"column": "a", "is": "given"}]}}',
        '{"sort": [{"by": "a", "descending": "yes"}]}',
        '{"version": 2}',
    ],
    ids=range(35),
)
def test_a_query_that_is_none_is_refused(sent: str) -> None:
    with pytest.raises(Invalid):
        parse(sent)


def test_words_that_a_type_has_no_use_for_are_refused(tmp_path: Path) -> None:
    path = table(tmp_path)
    for query in (
        {"measures": [{"take": "sum", "column": "tree"}]},
        {"group": [{"column": "tree", "by": "year"}]},
        {"group": [{"column": "planted", "by": "hour"}]},
        {"group": [{"column": "tree", "by": "width", "width": 1}]},
        {"filter": condition("height", "contains", "4")},
        {"filter": condition("big", "equal", "5.5")},
        {"filter": condition("height", "equal", "4,5")},
    ):
        with pytest.raises(Invalid):
            ask(path, **query)


def test_the_same_question_has_the_same_text() -> None:
    one = read({"limit": 5, "measures": [{"column": "a", "take": "sum"}], "group": []})
    assert one.text() == '{"version":1,"measures":[{"take":"sum","column":"a"}],"limit":5}'
    assert parse(one.text()) == one
    assert (
        parse('{"filter": {"all": [{"column": "a", "is": "equal", "value": 0.1000}]}}')
        .text()
        .count('"0.1000"')
    )


def test_the_form_shows_what_it_can_and_not_a_part_of_it() -> None:
    query = {"group": [{"column": "a", "by": "width", "width": 2}], "measures": [{"take": "count"}]}
    fields = fields_of(read(query))
    assert fields
    assert (fields["group0_width"], fields["measure0_take"]) == ("2", "count")
    assert fields_of(read({"columns": ["a"]})) is None
    assert fields_of(read({"filter": {"any": [condition("a", "given")]}})) is None
    assert fields_of(read({"sort": [{"by": "a"}]})) is None


def test_the_whole_table_is_known_as_such() -> None:
    assert read({"limit": 7}).is_whole_table
    assert not read({"sort": [{"by": "a"}]}).is_whole_table
    assert parsing.MOST_ROWS == 1_000_000
