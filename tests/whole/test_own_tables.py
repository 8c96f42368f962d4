"""What the demo city publishes of itself is what its other public files say, and no text that somebody wrote."""

import csv
import io
from typing import Any

import pytest
from django.db.models import CharField, TextField
from django.test import Client

from datasets.catalogue.models import Dataset, Revision
from datasets.catalogue.own_tables import own_tables
from projects.proposals.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]


def table(slug: str) -> list[dict[str, str]]:
    """The published CSV, as anybody downloads it."""
    dataset = Dataset.objects.get(source=slug)
    answer: Any = Client().get(f"/data/{dataset.slug}/latest.csv")
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_each_table_is_published_with_its_types_and_nothing_left_out() -> None:
    assert {one.slug for one in own_tables} == set(
        Dataset.objects.exclude(source="").values_list("source", flat=True)
    )
    for revision in Revision.objects.exclude(dataset__source="").select_related("dataset"):
        declared = own_tables[revision.dataset.source].columns
        types = {field["name"]: field["type"] for field in revision.schema["fields"]}
        assert types == {name: kind.partition(":")[0] for name, kind in declared.items()}
        assert revision.rejected_rows == 0
        assert revision.rows == len(table(revision.dataset.source)) > 0


def test_projects_are_those_of_the_list_and_no_text_of_theirs_is_kept_for_ever() -> None:
    rows = table("projects")
    assert {row["project"] for row in rows} == {
        str(key) for key in Project.objects.listed().values_list("pk", flat=True)
    }
    written = [
        field.name
        for field in Project._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices
    ]
    told = {cell for row in rows for cell in row.values()}
    for project in Project.objects.listed():
        texts = {getattr(project, name) for name in written} - {
            project.currency,
            project.ballot_number,
            project.state,
            "",
        }
        assert not texts & told


def test_ballots_add_up_to_the_results() -> None:
    """Marks of a ballot by approval are votes of the project: counted by hand they are what the results say."""
    ballots, results = table("ballots"), table("vote-results")
    assert {row["call"] for row in ballots} == {row["call"] for row in results}
    for row in results:
        marks = [
            one
            for one in ballots
            if one["call"] == row["call"] and one["ballot_number"] == row["ballot_number"]
        ]
        assert len(marks) == int(row["supporters"])


def test_postings_are_those_of_the_ledger() -> None:
    rows = table("ledger-postings")
    text = b"".join(Client().get("/api/v1/ledger/postings.csv").streaming_content).decode()  # type: ignore[attr-defined]
    before = {row["posting"]: row for row in csv.DictReader(io.StringIO(text))}
    assert sum(int(row["amount_minor"]) for row in rows) == 0
    for row in rows:
        assert (row["account"], row["amount_minor"]) == (
            before[row["posting"]]["account"],
            before[row["posting"]]["amount_minor"],
        )
