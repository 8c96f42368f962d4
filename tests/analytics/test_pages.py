"""What the pages of queries show, and what their files and the API say of their source."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from civic.accounts import privacy
from civic.accounts.privacy import personal_data
from civic.core import clock
from civic.core.models import Event
from datasets.analytics import embeds, operations
from datasets.analytics.models import SavedQuery
from datasets.catalogue.models import Dataset
from tests.factories import accounts, analytics, catalogue

pytestmark = pytest.mark.django_db
CSV = b"tree,planted,height\nlime,2021-03-01,4.5\noak,2019-11-20,6.25\nlime,2020-01-02,3\n=1+1,2020-05-05,-2.5\n"


@pytest.fixture
def trees() -> Dataset:
    return catalogue.published(content=CSV)


def page(dataset: Dataset, **asked: Any) -> Any:
    return Client().get(f"/data/{dataset.slug}/query/?{urlencode(asked)}")


def asked(query: dict[str, Any], **more: Any) -> str:
    return urlencode({"q": json.dumps(query), **more})


def test_a_form_that_is_sent_answers_with_a_chart_and_its_table(trees: Dataset) -> None:
    said = {
        "group0_column": "tree",
        "group0_by": "value",
        "measure0_take": "sum",
        "measure0_column": "height",
    }
    shown = page(trees, **said, filter0_column="height", filter0_is="more", filter0_value="0")
    text = shown.content.decode()
    assert shown.status_code == 200
    assert '<svg class="bar-chart"' in text
    assert "sum of height – tree" in text
    assert "7.5" in text
    revision = trees.revisions.get()
    assert revision.sha256 in text
    assert "lasting address" in text


def test_the_lasting_address_shows_the_same_and_fills_the_form(trees: Dataset) -> None:
    query = {"group": [{"column": "planted", "by": "year"}], "measures": [{"take": "count"}]}
    shown = page(trees, q=json.dumps(query), chart="line")
    again = Client().get(shown.context["page_href"])
    catalogue.revision(trees, CSV + b"ash,2022-01-01,1\n")
    later = Client().get(shown.context["page_href"])
    assert shown.context["table"]["rows"] == again.context["table"]["rows"] == later.context["table"]["rows"]
    assert later.context["revision"].number == 1
    assert shown.context["form"]["group0_by"].value() == "year"
    assert '<svg class="line-chart"' in shown.content.decode()


def test_without_a_question_there_is_only_the_form(trees: Dataset) -> None:
    text = page(trees).content.decode()
    assert "Which rows" in text
    assert "as a table" not in text


@pytest.mark.parametrize(
    "sent",
    [
        {"q": "nonsense"},
        {"q": '{"columns": ["none"]}'},
        {"filter0_column": "height", "filter0_is": "less", "filter0_value": "4,5"},
        {"measure0_take": "sum"},
    ],
)
def test_what_cannot_be_asked_is_said_above_the_form(trees: Dataset, sent: dict[str, str]) -> None:
    shown = page(trees, **sent)
    assert shown.status_code == 422
    assert "This cannot be asked so" in shown.content.decode()


def test_a_choice_that_is_none_stays_in_the_form(trees: Dataset) -> None:
    shown = page(trees, group0_column="'; DROP TABLE data", limit="x")
    assert shown.status_code == 200
    assert shown.context["form"].errors


@pytest.mark.parametrize(("number", "status"), [("1", 200), ("2", 404), ("99999999999", 404), ("x", 404)])
def test_a_revision_that_is_not_there_is_not_found(trees: Dataset, number: str, status: int) -> None:
    assert page(trees, revision=number).status_code == status


def test_files_say_what_they_are_of_and_that_they_were_cut(trees: Dataset) -> None:
    of_file = Client().get(f"/data/{trees.slug}/query.csv?{asked({'limit': 2, 'sort': [{'by': 'tree'}]})}")
    assert (
        b"".join(of_file.streaming_content)
        == b"tree,planted,height\n=1+1,2020-05-05,-2.5\nlime,2021-03-01,4.5\n"
    )
    assert of_file.headers["Content-Disposition"].endswith('-1-query-first-2-rows.csv"')
    assert of_file.headers["Civic-Rows"] == "2; cut=limit"
    assert of_file.headers["Civic-Revision"].endswith(trees.revisions.get().sha256)
    assert 'rel="cite-as"' in of_file.headers["Link"]
    assert of_file.headers["Cache-Control"] == "private, no-store"
    whole = Client().get(f"/data/{trees.slug}/query.csv?{asked({})}")
    assert (whole.status_code, whole.headers["Location"]) == (302, f"/data/{trees.slug}/1.csv")
    assert Client().get(f"/data/{trees.slug}/query.exe?{asked({})}").status_code == 404


def test_charts_are_files_without_scripts_and_styles(trees: Dataset) -> None:
    drawing = Client().get(f"/data/{trees.slug}/query.svg?{asked(analytics.BY_TREE)}")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    text = drawing.content.decode()
    assert text.startswith("<svg")
    assert "<script" not in text
    assert "style" not in text
    assert "=1+1" in text
    picture = Client().get(f"/data/{trees.slug}/query.png?{asked(analytics.BY_TREE)}")
    assert picture.content.startswith(b"\x89PNG")
    assert Client().get(f"/data/{trees.slug}/query.svg?{asked({})}").status_code == 404


def test_hostile_labels_are_text_in_charts() -> None:
    hostile = catalogue.published(content=b'tree,height\n"<script>alert(1)</script>&\x0b",3\noak,4\n')
    drawing = Client().get(f"/data/{hostile.slug}/query.svg?{asked(analytics.BY_TREE)}").content.decode()
    assert "<script" not in drawing
    assert "\x0b" not in drawing
    assert "&lt;script&gt;" in drawing
    assert "<script>alert" not in page(hostile, q=json.dumps(analytics.BY_TREE)).content.decode()


def test_a_chart_of_many_marks_is_cut_and_says_so() -> None:
    rows = "".join(f"t{number},{number}\n" for number in range(60))
    many = catalogue.published(content=f"tree,height\n{rows}".encode())
    shown = page(many, q=json.dumps(analytics.BY_TREE))
    assert len(shown.context["drawn"].points) == 40
    assert "The chart has the first 40 of 60 figures" in shown.content.decode()
    assert len(shown.context["table"]["rows"]) == 60


def test_the_api_answers_by_get_and_post_with_its_source(trees: Dataset) -> None:
    address = reverse("api:dataset-query", args=[trees.slug])
    got = Client().get(f"{address}?{asked(analytics.BY_TREE)}").json()
    posted = Client().post(address, json.dumps(analytics.BY_TREE), content_type="application/json").json()
    assert got["rows"] == posted["rows"] == [["=1+1", -2.5], ["lime", 7.5], ["oak", 6.25]]
    assert got["columns"] == [{"name": "tree", "type": "string"}, {"name": "sum of height", "type": "number"}]
    assert (got["sha256"], got["revision"], got["cut"]) == (trees.revisions.get().sha256, 1, "")
    assert got["address"].startswith("http")
    refused = Client().post(address, '{"columns": ["none"]}', content_type="application/json")
    assert (refused.status_code, refused.headers["Content-Type"]) == (422, "application/problem+json")


def test_a_query_is_saved_once_and_shown_by_its_publisher_alone(trees: Dataset) -> None:
    writer, stranger = catalogue.writer(trees), accounts.person()
    client = Client()
    client.force_login(writer)
    shown = client.get(f"/data/{trees.slug}/query/?{asked(analytics.BY_TREE)}")
    form = shown.context["save_form"]
    sent = {name: form[name].value() for name in ("key", "q", "revision", "chart")}
    sent |= {"name": "Heights", "shown": "on", "pinned": "on"}
    for _twice in range(2):
        assert client.post(f"/data/{trees.slug}/query/save/", sent).status_code == 302
    saved = SavedQuery.objects.get()
    assert (saved.revision, saved.shown, saved.name) == (1, True, "Heights")
    assert Event.objects.filter(kind="query.saved").count() == 1
    panel = Client().get(trees.get_absolute_url()).content.decode()
    assert "Heights, with its figures as a table" in panel
    assert f"/data/queries/{saved.pk}.svg" in panel
    client.force_login(stranger)
    sent["key"] = "0198c000-0000-7000-8000-000000000001"
    client.post(f"/data/{trees.slug}/query/save/", sent)
    assert [one.shown for one in SavedQuery.objects.filter(owner=stranger)] == [False]
    assert "Heights" in client.get("/data/queries/").content.decode()


def test_a_saved_query_follows_the_newest_revision_unless_it_is_pinned(trees: Dataset) -> None:
    newest, pinned = analytics.saved(trees), analytics.saved(trees, revision=1, name="Pinned")
    catalogue.revision(trees, CSV + b"ash,2022-01-01,1\n")
    found = [Client().get(one.get_absolute_url()).context["table"]["rows"] for one in (newest, pinned)]
    assert [len(rows) for rows in found] == [4, 3]
    api = Client().get(reverse("api:saved-query", args=[pinned.pk])).json()
    assert (api["revision"], len(api["rows"])) == (1, 3)


def test_a_newer_revision_without_the_column_is_said(trees: Dataset) -> None:
    saved = analytics.saved(trees)
    catalogue.revision(trees, b"name,day\nlime,2020-01-01\n")
    assert Client().get(saved.get_absolute_url()).status_code == 422


def test_who_saved_it_and_the_publisher_remove_a_query(trees: Dataset) -> None:
    person = accounts.person()
    saved = analytics.saved(trees, person)
    client = Client()
    client.force_login(accounts.person())
    assert client.post(f"/data/queries/{saved.pk}/remove/").status_code == 403
    client.force_login(catalogue.writer(trees))
    assert client.post(f"/data/queries/{saved.pk}/remove/").status_code == 302
    assert client.get(saved.get_absolute_url()).status_code == 410


def test_pages_ask_the_database_a_few_times_however_many_rows(trees: Dataset) -> None:
    counts = []
    for content in (CSV, CSV + b"".join(b"t%d,2020-01-01,1\n" % place for place in range(300))):
        dataset = catalogue.published(content=content)
        page(dataset, q=json.dumps(analytics.BY_TREE))
        with CaptureQueriesContext(connection) as sent:
            page(dataset, q=json.dumps(analytics.BY_TREE))
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 8


def test_erasing_a_person_leaves_the_answer_without_their_words_and_ends_their_embeds(trees: Dataset) -> None:
    person = accounts.person()
    saved = analytics.saved(trees, person, name="Anna's trees")
    token = embeds.signed(saved, days=9, at=clock.now())
    (entry,) = (one for one in personal_data if one.model == "analytics.SavedQuery")
    assert privacy.erase(entry, person) == 1
    shown = Client().get(saved.get_absolute_url())
    assert (shown.status_code, b"Anna" in shown.content) == (200, False)
    assert Client().get(f"/data/queries/{saved.pk}/embed/?token={token}").status_code == 403


def test_sql_keeps_what_others_cite(trees: Dataset) -> None:
    saved = analytics.saved(trees)
    for changed in ({"query": {}}, {"revision": 1}, {"chart": "none"}, {"shown": True}, {"name": "Other"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SavedQuery.objects.filter(pk=saved.pk).update(**changed)
    operations.remove_query(actor=catalogue.writer(trees), query=saved, at=clock.now())
    with pytest.raises(DatabaseError, match="stays so"), transaction.atomic():
        SavedQuery.objects.filter(pk=saved.pk).update(removed_at=None)
