"""Data of Aldermere: five datasets, of which three are open, and a file whose owner is asked something."""

import csv
import html
import re

import pytest

from civic.demo import source
from datasets.catalogue.models import Dataset, Source, Upload
from datasets.catalogue.states import DatasetState, HarvestState, SourceState, UploadState
from datasets.consent.models import Collection, Consent, Deletion, Release
from tests.factories import catalogue
from tests.visiting import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]


def test_what_is_published_can_be_downloaded_as_it_was_written() -> None:
    texts = {text["title"]: text for text in source.read("data")}
    public = Dataset.objects.listed().filter(source="", harvested_from=None, by_consent=False)
    assert public.count() == 5
    for dataset in public:
        text = texts[dataset.title]
        assert dataset.latest == len(text["files"])
        reader = None if dataset.is_open else catalogue.writer(dataset)
        answer = visitor(reader).get(f"/data/{dataset.slug}/latest.csv")
        rows = list(csv.reader(b"".join(answer.streaming_content).decode().splitlines()))  # type: ignore[attr-defined]
        newest = dataset.revisions.get(number=dataset.latest)
        assert len(rows) - 1 == newest.rows
        assert newest.rows + newest.rejected_rows == text["files"][-1]["rows"]
        assert newest.rejected_rows == text["files"][-1].get("faults", 0)
    trees = Dataset.objects.get(title="Street trees of Aldermere").revisions.get(number=2)
    assert trees.profile["first"][0][0] == "00007"
    types = {field["name"]: field["type"] for field in trees.schema["fields"]}
    assert types == {
        "number": "string",
        "species": "string",
        "planted": "date",
        "height_m": "number",
        "inspected": "date",
    }


def test_a_file_waits_for_its_owner() -> None:
    waiting = Upload.objects.get(state=UploadState.PROPOSED)
    assert waiting.dataset.state == DatasetState.DRAFT
    assert waiting.proposal
    assert any("date order" in asked for asked in waiting.proposal["ask"])


def test_the_county_has_a_catalogue_that_was_recorded() -> None:
    """Nobody is at its address: it is paused, and the files lead there."""
    county = Source.objects.get()
    assert county.state == SourceState.PAUSED
    assert county.harvests.get().state == HarvestState.DONE
    assert Dataset.objects.listed().filter(harvested_from=county).count() == 4


def test_a_page_of_data_leads_nowhere_that_is_not_there() -> None:
    """Also one whose rows are elsewhere, or that not everybody may read."""
    client = visitor()
    for dataset in Dataset.objects.listed():
        page = client.get(dataset.get_absolute_url()).content.decode()
        addresses = set(re.findall(rf'(?:href|src)="(/data/{dataset.slug}/[^"#]*)', page))
        assert [one for one in addresses if client.get(html.unescape(one)).status_code == 404] == []


def test_people_share_how_they_cycle_and_one_has_withdrawn() -> None:
    collection = Collection.objects.get()
    assert collection.submissions.count() > 40
    withdrawn = Consent.objects.get(state="withdrawn")
    shown = Release.objects.exclude(inclusions__consent=withdrawn)
    assert all(row[-1] % collection.k == 0 for one in Release.objects.all() for row in one.rows)
    assert not shown.filter(state="suspended").exists()
    assert Deletion.objects.get().state == "asked"
    assert visitor().get(collection.get_absolute_url()).status_code == 200
