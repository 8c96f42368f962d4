"""Another dataset beside the first: one row for each row or none, exact, and asked for by whoever may read both."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from civic.core import clock
from civic.core.errors import Forbidden, Invalid
from civic.core.models import Event
from datasets.access.operations import grants
from datasets.analytics.engine.parsing import read
from datasets.analytics.engine.running import rows_of
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.vocabularies import AccessLevel
from tests.analytics.asking import table
from tests.factories import accounts, analytics, catalogue, data_access
from tests.visiting import visitor

AREAS = "(VALUES ('n', 7, 1.5::DECIMAL(4, 2)), ('s', 9007199254740993, 2), (NULL, 3, 3)) AS t(code, people, share)"
TREES = """
    (VALUES ('lime', 'n', 7), ('oak', 's', 8), ('ash', NULL, 4), ('elm', 'x', 9007199254740992)) AS t(tree, area, n)
"""


def joined(folder: Path, *on: tuple[str, str], areas: str = AREAS, **query: Any) -> list[list[str | None]]:
    """Trees with the areas beside them."""
    paths = []
    for name, relation in (("one", TREES), ("two", areas)):
        (folder / name).mkdir()
        paths.append(table(folder / name, relation))
    pairs = [{"column": column, "equals": other} for column, other in on]
    asked = read({"join": {"dataset": "areas", "on": pairs}, **query})
    return rows_of(paths, folder, asked).rows


def test_each_row_stays_once_with_the_row_that_fits_or_none(tmp_path: Path) -> None:
    rows = joined(tmp_path, ("area", "code"), columns=["tree", "areas.people"])
    assert rows == [["lime", "7"], ["oak", "9007199254740993"], ["ash", None], ["elm", None]]


def test_whole_numbers_are_compared_to_the_last_digit(tmp_path: Path) -> None:
    """9007199254740992 and …993 are one floating number."""
    rows = joined(tmp_path, ("n", "people"), columns=["tree", "areas.code"])
    assert rows == [["lime", "n"], ["oak", None], ["ash", None], ["elm", None]]


def test_the_joined_columns_are_filtered_grouped_and_measured(tmp_path: Path) -> None:
    rows = joined(
        tmp_path,
        ("area", "code"),
        filter={"all": [{"column": "areas.share", "is": "at_least", "value": "1.50"}]},
        group=[{"column": "areas.code"}],
        measures=[{"take": "sum", "column": "areas.share"}],
        sort=[{"by": "sum of areas.share", "descending": True}],
    )
    assert rows == [["s", "2.00"], ["n", "1.50"]]


def test_where_several_rows_fit_nothing_is_answered(tmp_path: Path) -> None:
    twice = "(VALUES ('n', 1), ('n', 2)) AS t(code, year)"
    with pytest.raises(Invalid, match="Several rows") as refused:
        joined(tmp_path, ("area", "code"), areas=twice)
    assert "join" in refused.value.fields


@pytest.mark.parametrize(
    ("join", "words"),
    [
        ({"dataset": "areas", "on": [{"column": "tree", "equals": "people"}]}, "cannot be compared"),
        ({"dataset": "areas", "on": [{"column": "no", "equals": "code"}]}, "no column no"),
        ({"dataset": "areas", "on": [{"column": "area", "equals": "no"}]}, "no column no"),
        ({"dataset": "areas", "on": []}, "Say which column"),
        ({"dataset": "areas"}, "Say which column"),
        ({"dataset": "", "on": [{"column": "area", "equals": "code"}]}, "characters is wanted"),
        ({"dataset": "areas", "revision": True, "on": [{"column": "a", "equals": "b"}]}, "whole number"),
        ({"dataset": "areas", "how": "inner", "on": []}, "how is not known"),
        ([], "no object"),
    ],
)
def test_what_cannot_be_joined_is_said(tmp_path: Path, join: Any, words: str) -> None:
    paths = []
    for name, relation in (("one", TREES), ("two", AREAS)):
        (tmp_path / name).mkdir()
        paths.append(table(tmp_path / name, relation))
    with pytest.raises(Invalid, match=words):
        rows_of(paths, tmp_path, read({"join": join or [1]}))


def asked(other: Dataset, **more: Any) -> str:
    join = {"dataset": other.slug, "on": [{"column": "tree", "equals": "tree"}]}
    return urlencode({"q": json.dumps({"join": join, **more})})


@pytest.mark.django_db
def test_who_may_not_read_the_other_dataset_gets_nothing_of_it() -> None:
    """By no way; who may has the read in the logs of both, and what is suspended ends."""
    trees = catalogue.published(content=b"tree,height\nlime,4.5\noak,6\n")
    closed = catalogue.published(
        publisher=trees.publisher,
        content=b"tree,price\nlime,whitebeam\nash,9\n",
        access_level=AccessLevel.ON_REQUEST,
    )
    grant = data_access.grant(closed)
    assert grant.person
    reader = Client()
    reader.force_login(grant.person)
    paths = [f"/data/{trees.slug}/query/", f"/api/v1/datasets/{trees.slug}/query/"]
    paths += [f"/data/{trees.slug}/query.{form}" for form in ("csv", "parquet")]
    ways = [f"{path}?{asked(closed)}" for path in paths]
    for way in ways:
        response: Any = Client().get(way)
        assert response.status_code in (401, 403), way
        assert "whitebeam" not in str(getattr(response, "content", b""))
        assert reader.get(way).status_code == 200, way
    reads = Event.objects.filter(kind="dataset.read")
    assert {(str(one.subject_id), one.payload["rows"]) for one in reads} == {(str(closed.pk), 2)}
    assert reads.count() == len(ways)

    saved = analytics.saved(trees, grant.person, asked={"join": read_join(closed)})
    with pytest.raises(Forbidden):
        analytics.saved(trees, accounts.person(), asked={"join": read_join(closed)})
    grants.suspend_grant(
        actor=catalogue.writer(closed), grant=grant, reason="A question first.", at=clock.now()
    )
    for way in (*ways, saved.get_absolute_url()):
        assert reader.get(way).status_code == 403, way
    datasets.withdraw(actor=catalogue.writer(closed), dataset=closed, reason="Wrong.", at=clock.now())
    assert {reader.get(way).status_code for way in ways} == {410}


@pytest.mark.django_db
def test_what_was_read_and_refused_is_told_1128_az2() -> None:
    """That several rows fit is an answer about the rows of the other table."""
    trees = catalogue.published(
        content=b"tree,height\nlime,4.5\noak,6\n", access_level=AccessLevel.ON_REQUEST
    )
    closed = data_access.dataset(content=b"tree,price\nlime,1\nlime,2\n")
    person = data_access.grant(closed).person
    data_access.grant(trees, person)
    reader, paths = (
        visitor(person),
        (f"/api/v1/datasets/{trees.slug}/query/", f"/data/{trees.slug}/query.csv"),
    )
    for count, path in enumerate(paths, 1):
        assert reader.get(f"{path}?{asked(closed)}").status_code == 422
        for one in (trees, closed):
            reads = Event.objects.filter(kind="dataset.read", subject_id=str(one.pk), actor=person.pk)
            assert (reads.count(), reads.latest("seq").payload["rows"]) == (count, 0)
    # What names no column of theirs is refused before anything is read.
    assert reader.get(f"{paths[0]}?{asked(closed, columns=['no'])}").status_code == 422
    assert Event.objects.filter(kind="dataset.read").count() == 4


def read_join(other: Dataset) -> dict[str, Any]:
    return {"dataset": other.slug, "on": [{"column": "tree", "equals": "tree"}]}


@pytest.mark.django_db
def test_the_form_adds_the_columns_and_cites_both_revisions() -> None:
    trees = catalogue.published(content=b"tree,height\nlime,4.5\noak,6\n")
    prices = catalogue.published(publisher=trees.publisher, title="Prices", content=b"tree,price\nlime,12\n")
    page = f"/data/{trees.slug}/query/"
    offered = Client().get(page).content.decode()
    assert f'<option value="{prices.slug}">Prices</option>' in offered
    added = Client().get(page, {"join_dataset": prices.slug, "add": "1"}).content.decode()
    assert f"{prices.slug}.price" in added
    half = Client().get(page, {"join_dataset": prices.slug}).content.decode()
    assert "Choose the columns that have the same values" in half
    sent = {"join_dataset": prices.slug, "join_column": "tree", "join_equals": "tree"}
    sent |= {"measure0_take": "sum", "measure0_column": f"{prices.slug}.price"}
    shown: Any = Client().get(page, sent)
    assert "Beside it: Prices, revision 1." in shown.content.decode()
    again: Any = Client().get(shown.context["page_href"])
    assert [row[0] for row in again.context["table"]["rows"]] == ["12"]
    assert again.context["form"]["join_equals"].value() == "tree"
    document = Client().get(shown.context["api_href"]).json()
    assert document["joined"]["sha256"] == prices.revisions.get().sha256
    assert document["query"]["join"]["revision"] == 1
