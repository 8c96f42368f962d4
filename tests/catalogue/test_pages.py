"""The pages of data: the way of a file through forms, what everybody reads, and how many statements that takes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from civic.accounts import groups
from civic.core.models import Event
from datasets.catalogue import queries
from datasets.catalogue.models import Dataset, Revision, Upload
from datasets.catalogue.operations import datasets
from datasets.catalogue.queries import Filters
from datasets.catalogue.states import DatasetState, UploadState
from tests.factories import accounts, catalogue
from tests.visiting import statements, text_of, visitor
from tests.whole.forms import forms_of

pytestmark = pytest.mark.django_db

DESCRIBED = {
    "title": "Bicycle counters",
    "description": "What the counters at the bridges counted.",
    "theme": "TRAN",
    "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    "access_level": "open",
    "frequency": "DAILY",
    "keywords": "bicycles, counters",
    "key": "0192f0c4-0000-7000-8000-000000000001",
}


def form_to(client: Any, page: str, ending: str) -> Any:
    """The form of a page that is sent to an address with this ending."""
    return next(
        one for one in forms_of(client.get(page).content.decode(), page) if one.action.endswith(ending)
    )


def test_a_table_goes_from_a_form_to_everybody() -> None:
    owner = accounts.person()
    publisher, writer = accounts.organisation(owner), visitor(owner)
    wrong = writer.post("/data/new/", DESCRIBED | {"publisher": publisher.pk, "title": " "})
    assert wrong.status_code == 422
    assert "What the counters at the bridges counted." in wrong.content.decode()
    begun = writer.post("/data/new/", DESCRIBED | {"publisher": publisher.pk})
    assert begun.headers["Location"] == "/data/bicycle-counters/upload/"
    assert "Bicycle counters" in text_of(writer, "/data/")
    assert "Bicycle counters" not in text_of(visitor(), "/data/")
    assert visitor().get("/data/bicycle-counters/").status_code == 404
    sent = writer.post(
        "/data/bicycle-counters/upload/", {"file": catalogue.sent(catalogue.FAULTY), "key": DESCRIBED["key"]}
    )
    page = sent.headers["Location"]
    assert "Looking at the file" in text_of(writer, page)
    catalogue.work()
    asked = form_to(writer, page, "/confirm/")
    assert asked.values["type-1"] == ""
    assert writer.post(f"{page}confirm/", {"type-2": "number"}).status_code == 302
    assert "Reading the file" in text_of(writer, page)
    catalogue.work()
    found = text_of(writer, page)
    assert "3 rows can be published" in found
    assert "it has 4 values, the table has 3 columns" in found
    report = writer.get(f"{page}rejected.csv")
    assert b"".join(report.streaming_content).decode().splitlines() == [  # type: ignore[attr-defined]
        "line,column,value,why",
        '5,,,"it has 4 values, the table has 3 columns"',
    ]
    publish = form_to(writer, page, "/publish/").values | {"note": "The first one"}
    refused = writer.post(f"{page}publish/", publish)
    assert refused.status_code == 422
    assert "The first one" in refused.content.decode()
    assert writer.post(f"{page}publish/", publish | {"without_rejected": "on"}).status_code == 302
    assert visitor().get("/data/bicycle-counters/").status_code == 404
    assert writer.post("/data/bicycle-counters/step/", {"verb": "publish"}).status_code == 302
    public = text_of(visitor(), "/data/bicycle-counters/")
    for words in ("The first one", "2021-03-01", "CC0 1.0", "1 row of the file did not fit its columns"):
        assert words in public
    assert "Bicycle counters" in text_of(visitor(), "/data/")
    assert "The first one" in text_of(visitor(), "/data/bicycle-counters/revisions/1/")
    assert visitor().get("/data/bicycle-counters/revisions/2/").status_code == 404


def test_what_is_asked_is_answered_and_the_answer_comes_back_as_typed() -> None:
    days = b"name,day,open\na,01/02/2026,yes\nb,03/04/2026,no\n"
    one = catalogue.proposed(None, days)
    writer, page = visitor(catalogue.writer(one.dataset)), one.get_absolute_url()
    shown = text_of(writer, page)
    for words in ("date order", "yes or no", "day first (27/11/2026)", "true or false (yes is true)"):
        assert words in shown
    answer = {"type-1": "date:%d/%m/%Y", "type-2": "boolean:yes/no", "encoding": "utf-8", "delimiter": ","}
    unsure = writer.post(f"{page}confirm/", answer)
    assert unsure.status_code == 422
    assert '<option value="date:%d/%m/%Y" selected>' in unsure.content.decode()
    assert writer.post(f"{page}confirm/", answer | {"type-1": "date:nonsense"}).status_code == 422
    assert writer.post(f"{page}confirm/", answer | {"sure": "on"}).status_code == 302
    catalogue.work()
    found = Upload.objects.get(pk=one.pk)
    assert found.answers["types"] == {"day": "date:%d/%m/%Y", "open": "boolean:yes/no"}
    assert (found.found or {})["profile"]["first"][0] == ["a", "2026-02-01", "true"]
    catalogue.publish(found, at=found.received_at)
    assert Dataset.objects.get(pk=one.dataset_id).answers["types"] == found.answers["types"]


def test_the_delimiter_that_was_chosen_stays_chosen() -> None:
    """Also where the types are chosen afterwards, and for the next file."""
    mixed = b"a;b,day\n1;2,01/02/2026\n3;4,03/04/2026\n"
    one = catalogue.proposed(None, mixed)
    writer, page = visitor(catalogue.writer(one.dataset)), one.get_absolute_url()
    chosen = {"delimiter": ";", "encoding": "utf-8", "sure": "on"}
    assert writer.post(f"{page}confirm/", chosen).status_code == 302
    catalogue.work()
    assert '<option value=";" selected>' in writer.get(page).content.decode()
    assert writer.post(f"{page}confirm/", chosen | {"type-0": "string"}).status_code == 302
    catalogue.work()
    read = Upload.objects.get(pk=one.pk)
    assert read.answers == {"encoding": "", "delimiter": ";", "types": {"a": "string"}}
    catalogue.publish(read, at=read.received_at)
    following = catalogue.proposed(Dataset.objects.get(pk=one.dataset_id), mixed + b"5;6,07/08/2026\n")
    assert (following.proposal or {})["header"] == ["a", "b,day"]
    writer.post(f"{following.get_absolute_url()}confirm/", chosen)
    assert Upload.objects.get(pk=following.pk).answers["delimiter"] == ";"


def test_three_words_for_yes_and_no_stay_text_and_the_page_answers_cat_ca16() -> None:
    one = catalogue.proposed(None, b"a,b\nJa,1\nja,2\nnein,3\n")
    sender = visitor(catalogue.writer(one.dataset))
    assert sender.get(one.get_absolute_url()).status_code == 200
    assert (one.proposal or {})["ask"] == []


def test_a_file_that_is_no_table_says_so_and_keeps_what_was_typed() -> None:
    one = catalogue.proposed(None, b"<html><body>Please sign in</body></html>")
    writer, page = visitor(catalogue.writer(one.dataset)), one.get_absolute_url()
    assert "This is a web page, not a table" in text_of(writer, page)
    assert writer.post(f"{page}confirm/", {}).status_code in (409, 422)
    assert writer.post(f"{page}publish/", {}).status_code in (409, 422)
    missing = writer.post(f"/data/{one.dataset.slug}/upload/", {"key": one.pk})
    assert missing.status_code == 422
    assert "There is a problem" in missing.content.decode()


def test_the_progress_page_asks_again_and_is_loaded_anew_at_the_end() -> None:
    one = catalogue.upload()
    writer, page = visitor(catalogue.writer(one.dataset)), one.get_absolute_url()
    part = writer.get(page, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    catalogue.work()
    assert writer.get(page, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_withdrawn_dataset_says_why_and_gives_nothing() -> None:
    dataset = catalogue.published()
    slug, steward = dataset.slug, visitor(catalogue.writer(dataset))
    assert steward.post(f"/data/{slug}/withdraw/", {"reason": " "}).status_code == 422
    assert steward.post(f"/data/{slug}/withdraw/", {"reason": "A street is missing."}).status_code == 302
    for page in ("", "revisions/1/", "latest.csv", "latest.parquet", "1.csv", "1.parquet"):
        answer = visitor().get(f"/data/{slug}/{page}")
        assert answer.status_code == 410, page
        assert "A street is missing." in answer.content.decode(), page
    for page in ("", "revisions/"):
        problem = visitor().get(f"/api/v1/datasets/{slug}/{page}")
        assert (problem.status_code, problem.json()["detail"]) == (410, "A street is missing.")
    assert visitor().get("/api/v1/datasets/").json()["results"] == []
    assert dataset.title not in text_of(visitor(), "/data/")
    assert "A street is missing." in text_of(steward, f"/data/{slug}/")
    assert steward.post(f"/data/{slug}/step/", {"verb": "restore"}).status_code == 302
    assert visitor().get(f"/data/{slug}/latest.csv").status_code == 200


def test_strangers_change_nothing() -> None:
    dataset = catalogue.published()
    one = catalogue.read(dataset, catalogue.FAULTY)
    before = Event.objects.count()
    for stranger in (visitor(), visitor(accounts.person()), visitor(accounts.staff(groups.MODERATORS))):
        for page in ("edit/", "step/", "withdraw/", "upload/"):
            sent = {"verb": "publish", "reason": "So", "file": catalogue.sent(), "key": str(one.pk)}
            assert stranger.post(f"/data/{dataset.slug}/{page}", sent | DESCRIBED).status_code in (
                302,
                403,
            ), page
        for page in ("confirm/", "publish/", "discard/"):
            answer = stranger.post(f"{one.get_absolute_url()}{page}", {"without_rejected": "on"})
            assert answer.status_code in (302, 404), page
    assert (Event.objects.count(), Upload.objects.count(), Revision.objects.count()) == (before, 2, 1)
    assert Upload.objects.get(pk=one.pk).state == UploadState.READ
    assert Dataset.objects.get(pk=dataset.pk).state == DatasetState.PUBLISHED


def test_the_list_is_narrowed_and_search_forgives() -> None:
    catalogue.published(title="Street trees")
    catalogue.published(
        content=catalogue.CSV + b"x,2020-01-01,1\n",
        title="Bicycle counters",
        theme="TRAN",
        description="At bridges.",
    )
    assert "Street trees" not in text_of(visitor(), "/data/?theme=TRAN")
    assert "Bicycle counters" in text_of(visitor(), "/data/?theme=TRAN")
    assert "Bicycle counters" in text_of(visitor(), "/data/?q=bycicle+counter")
    assert "No dataset matches" in text_of(visitor(), "/data/?q=xylophone")
    assert "No dataset matches" not in text_of(visitor(), "/data/?format=parquet&theme=ENVI")
    assert "Street trees" in text_of(visitor(), "/data/?theme=nonsense")
    assert [one["slug"] for one in visitor().get("/api/v1/datasets/?theme=TRAN").json()["results"]] == [
        "bicycle-counters"
    ]
    assert visitor().get("/api/v1/datasets/?theme=nonsense").status_code == 400
    assert 'href="/data/street-trees/"' in text_of(visitor(), "/search/?q=street+trees")


def test_the_list_goes_on_page_by_page(at: datetime) -> None:
    for place, title in enumerate(("One", "Two", "Three")):
        catalogue.published(title=title, at=at + timedelta(hours=place))
    found, after = [], ""
    for _page in range(3):
        page = queries.listed(Filters(), size=1, after=after)
        found += [one.title for one in page]
        after = page.next
    assert (found, after) == (["Three", "Two", "One"], "")
    assert visitor().get("/data/?after=nonsense").status_code == 422


def test_empty_states_invite() -> None:
    assert "No data yet" in text_of(visitor(), "/data/")
    nobody = accounts.person()
    assert "Data is published by organisations" in text_of(visitor(nobody), "/data/new/")
    draft = catalogue.dataset()
    assert "Upload its first file" in text_of(visitor(catalogue.writer(draft)), draft.get_absolute_url())


def test_pages_take_as_many_statements_however_much_there_is() -> None:
    def all_of(dataset: Dataset) -> list[int]:
        pages = ["/data/", "/data/?q=trees", f"/data/{dataset.slug}/", f"/data/{dataset.slug}/revisions/1/"]
        pages += [
            "/api/v1/datasets/",
            f"/api/v1/datasets/{dataset.slug}/",
            f"/api/v1/datasets/{dataset.slug}/revisions/",
        ]
        return [statements(visitor(), page) for page in pages]

    first = catalogue.published()
    few = all_of(first)
    for number in range(4):
        other = catalogue.published(title=f"Street trees {number}")
        for more in range(2):
            content = catalogue.CSV + f"t{number},2020-01-01,{more}\n".encode()
            catalogue.revision(other if number else first, content)
    assert all_of(first) == few
    assert max(few) <= 8


def test_what_the_desk_withdraws_goes_the_one_way() -> None:
    dataset = catalogue.published()
    steward = accounts.staff(groups.DATA_STEWARDS)
    desk, page = visitor(steward), "/admin/catalogue/dataset/"
    chosen = {"action": "withdraw", "_selected_action": str(dataset.pk)}
    assert "Nobody can download it any more" in desk.post(page, chosen).content.decode()
    assert desk.post(page, chosen | {"confirmed": "1", "reason": "It names people."}).status_code == 302
    gone = Dataset.objects.get(pk=dataset.pk)
    assert (gone.state, gone.held, gone.reason) == (DatasetState.WITHDRAWN, True, "It names people.")
    for other in (groups.MODERATORS, groups.AUDITORS, groups.FINANCE_OFFICERS):
        asked = visitor(accounts.staff(other)).post(page, {**chosen, "action": "restore", "confirmed": "1"})
        assert Dataset.objects.get(pk=dataset.pk).state == DatasetState.WITHDRAWN, asked.status_code
    assert desk.post(page, {**chosen, "action": "restore", "confirmed": "1"}).status_code == 302
    assert datasets.locked(dataset).state == DatasetState.PUBLISHED
    for model in ("dataset", "upload", "revision", "uploadstep"):
        assert desk.get(f"/admin/catalogue/{model}/").status_code == 200
