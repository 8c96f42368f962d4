"""What an answer means later: what the page shows is what is read, and an old answer does not outvote a file."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.core.files.storage import FileSystemStorage

from datasets.catalogue.forms import AnswersForm
from datasets.catalogue.models import Dataset, Upload, UploadStep
from datasets.catalogue.operations import reading_steps, uploads
from datasets.catalogue.operations.uploads import Answers
from datasets.catalogue.states import UploadState
from tests.factories import catalogue
from tests.visiting import text_of, visitor
from tests.whole.forms import forms_of

pytestmark = pytest.mark.django_db
FIRST = b'd,amount,open\n01/02/2026,"1,234",ja\n03/04/2026,"2,345",nein\n'
SECOND = b'd,amount,open\n05/06/2026,"3,456",ja\n07/08/2026,"4,567",nein\n'
TYPES = {"d": "date:%d/%m/%Y", "amount": "number:comma", "open": "boolean:ja/nein"}


def answered(content: bytes, at: datetime, dataset: Dataset | None = None, **said: Any) -> Dataset:
    """A dataset whose file was answered so, read and published."""
    one = catalogue.proposed(dataset, content, at=at)
    writer = catalogue.writer(one.dataset)
    uploads.confirm(actor=writer, upload=one, answers=Answers(**said), at=at)
    catalogue.work(at)
    catalogue.publish(Upload.objects.get(pk=one.pk), at=at, without_rejected=True)
    return Dataset.objects.get(pk=one.dataset_id)


def confirmed_as_shown(upload: Upload, **changes: str) -> Upload:
    """Sends the form of its page, as a browser does that changes nothing else; workers read the file."""
    writer, page = visitor(catalogue.writer(upload.dataset)), upload.get_absolute_url()
    content = writer.get(page).content.decode()
    form = next(one for one in forms_of(content, page) if one.action.endswith("/confirm/"))
    assert writer.post(form.action, form.values | {"sure": "on"} | changes).status_code == 302
    catalogue.work()
    return Upload.objects.get(pk=upload.pk)


def first_rows(upload: Upload) -> list[list[Any]]:
    assert upload.proposal
    return list(upload.proposal["preview"])


@pytest.mark.parametrize("by_form", [True, False])
def test_what_the_page_shows_is_what_is_read_cat_ca1(at: datetime, by_form: bool) -> None:
    dataset = answered(FIRST, at, types=TYPES)
    second = catalogue.proposed(dataset, SECOND, at=at)
    shown = [["2026-06-05", "3.456", "true"], ["2026-08-07", "4.567", "false"]]
    assert ((second.proposal or {})["ask"], first_rows(second)) == ([], shown)
    chosen = {one.label: one.initial for one in AnswersForm(second).columns()}
    assert chosen == TYPES
    if by_form:
        read = confirmed_as_shown(second)
    else:
        uploads.confirm(actor=catalogue.writer(dataset), upload=second, answers=Answers(), at=at)
        catalogue.work(at)
        read = Upload.objects.get(pk=second.pk)
    assert (read.found or {})["profile"]["first"] == shown
    assert read.answers["types"] == TYPES


def test_the_first_rows_are_those_that_were_read_cat_ca1(at: datetime) -> None:
    dataset = answered(FIRST, at, types=TYPES)
    second = catalogue.proposed(dataset, SECOND, at=at)
    read = confirmed_as_shown(second, **{"type-0": "string", "type-1": "string"})
    assert first_rows(read) == (read.found or {})["profile"]["first"]
    page = text_of(visitor(catalogue.writer(dataset)), read.get_absolute_url())
    assert "05/06/2026" in page
    assert "2026-06-05" not in page


def test_an_old_encoding_does_not_outvote_utf8_cat_ca10(at: datetime) -> None:
    old = "city,n\nMünchen,1\nKöln,2\n".encode("windows-1252")
    dataset = answered(old, at, encoding="windows-1252")
    for number, city in enumerate(("München", "Ávila")):
        content = f"city,n\n{city},{number}\nKöln,3\n".encode()
        following = catalogue.proposed(dataset, content, at=at)
        assert (following.state, following.proposal["encoding"]) == (UploadState.PROPOSED, "utf-8")  # type: ignore[index]
        assert first_rows(confirmed_as_shown(following))[0][0] == city


def test_an_old_encoding_holds_where_it_is_as_good_a_guess_cat_ca10(at: datetime) -> None:
    old = "city,n\nMünchen,1\nKöln,2\n".encode("windows-1252")
    dataset = answered(old, at, encoding="windows-1252")
    again = catalogue.proposed(dataset, "city,n\nDüren,1\nGöttingen,2\n".encode("windows-1252"), at=at)
    assert ((again.proposal or {})["ask"], first_rows(again)[0][0]) == ([], "Düren")
    greek = catalogue.proposed(dataset, "city,n\nΑθήνα,1\nΒόλος,2\n".encode("windows-1253"), at=at)
    assert any(one.startswith("encoding") for one in (greek.proposal or {})["ask"])


@pytest.mark.parametrize(
    ("first", "said", "second"),
    [
        (b'n,x\n"1,234",a\n"2,345",b\n', {"n": "number:comma"}, b"n,x\n1.234,a\n2.5,b\n"),
        (b'n,x\n"1,234",a\n"2,345",b\n', {"n": "number:comma"}, b"n,x\n1.234,a\n2.345,b\n"),
        (b"n,x\n01/02/2026,a\n03/04/2026,b\n", {"n": "date:%d/%m/%Y"}, b"n,x\n01/13/2026,a\n02/14/2026,b\n"),
        (b"n,x\nja,a\nnein,b\n", {"n": "boolean:ja/nein"}, b"n,x\nja,a\nnein,b\nvielleicht,c\n"),
    ],
)
def test_a_type_that_values_contradict_is_asked_again_cat_ca10(
    at: datetime, first: bytes, said: dict[str, str], second: bytes
) -> None:
    following = catalogue.proposed(answered(first, at, types=said), second, at=at)
    proposal = following.proposal or {}
    assert any("earlier files" in one and " n " in one for one in proposal["ask"])
    assert following.answers["types"] == {}
    assert proposal["rejected_rows"] == 0
    read = confirmed_as_shown(following)
    assert first_rows(read) == proposal["preview"]


def test_a_delimiter_by_which_it_is_no_table_is_left_cat_ca10(at: datetime) -> None:
    dataset = answered(b"a;b,day\n1;2,x\n3;4,y\n", at, delimiter=";")
    following = catalogue.proposed(dataset, b"a,day\n1,x\n3,y\n", at=at)
    assert (following.proposal or {})["header"] == ["a", "day"]


def test_yes_and_no_can_be_taken_back_cat_ca17(at: datetime) -> None:
    dataset = answered(FIRST, at, types=TYPES)
    second = catalogue.proposed(dataset, SECOND, at=at)
    offered = [value for value, _words in AnswersForm(second)["type-2"].field.choices]  # type: ignore[attr-defined]
    assert {"boolean:ja/nein", "boolean:nein/ja", "string"} <= set(offered)
    read = confirmed_as_shown(second, **{"type-2": "string"})
    assert [row[2] for row in first_rows(read)] == ["ja", "nein"]


def test_what_is_asked_is_offered_though_the_first_rows_are_alike_cat_ca17(at: datetime) -> None:
    one = catalogue.proposed(None, b"n,open\n" + b"1,ja\n" * 30 + b"2,nein\n3,-\n", at=at)
    assert any(asked.startswith("yes or no") for asked in (one.proposal or {})["ask"])
    read = confirmed_as_shown(one, **{"type-1": "boolean:ja/nein"})
    assert (read.found or {})["profile"]["columns"]["open"]["missing"] == 1
    assert (read.found or {})["table"]["rejected_rows"] == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        # A third word far below the rows that are looked at.
        (b"a,b\n" + b"ja,1\nnein,2\n" * 700 + b"vielleicht,3\n", "yes or no"),
        (b"name,2024,2025\nx,1,2\ny,3,4\n", "header"),
        (b"name,t\nx,2026-01-01T10:00\ny,2026-01-02T11:00\n", "zone"),
    ],
)
def test_what_no_field_answers_is_said_and_not_asked_cat_ca17(
    at: datetime, content: bytes, words: str
) -> None:
    one = catalogue.proposed(None, content, at=at)
    proposal = one.proposal or {}
    assert not any(asked.startswith(words) for asked in proposal["ask"])
    assert any(said.startswith(words) for said in proposal["said"])
    page = text_of(visitor(catalogue.writer(one.dataset)), one.get_absolute_url())
    assert next(said for said in proposal["said"] if said.startswith(words)) in page


def test_answers_of_a_failed_or_discarded_read_are_not_remembered_cat_ca18(at: datetime) -> None:
    dataset = catalogue.dataset(at=at)
    one = catalogue.read(dataset, b"name,n\na,x\nb,y\n", types={"n": "integer"}, at=at)
    uploads.discard_upload(actor=catalogue.writer(dataset), upload=one, at=at)
    dataset.refresh_from_db()
    assert dataset.answers == {}
    following = catalogue.proposed(dataset, b"name,n\na,x\nb,y\n", at=at)
    assert first_rows(following) == [["a", "x"], ["b", "y"]]


class InterruptedStorage(FileSystemStorage):
    """Does once, when a file is opened, what others do meanwhile."""

    meanwhile: ClassVar[list[Callable[[], None]]] = []

    def _open(self, name: str, mode: str = "rb") -> Any:
        if self.meanwhile:
            self.meanwhile.pop()()
        return super()._open(name, mode)


def test_a_slow_worker_stores_nothing_of_older_answers_cat_ca23(at: datetime, settings: Any) -> None:
    backend = {"BACKEND": f"{__name__}.InterruptedStorage"}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    one = catalogue.proposed(None, b"n,x\n1,a\n2,b\n", at=at)
    writer = catalogue.writer(one.dataset)
    uploads.confirm(actor=writer, upload=one, answers=Answers(types={"n": "string"}), at=at)

    def overtake() -> None:
        """After its lease another worker ends the step, and the publisher answers otherwise."""
        reading_steps.run_steps(at=at + UploadStep.held_for + timedelta(seconds=1))
        read = Upload.objects.get(pk=one.pk)
        uploads.confirm(actor=writer, upload=read, answers=Answers(types={"n": "integer"}), at=at)

    InterruptedStorage.meanwhile.append(overtake)
    reading_steps.run_steps(at=at)
    catalogue.work(at + 3 * UploadStep.held_for)
    read = Upload.objects.get(pk=one.pk)
    assert (read.state, InterruptedStorage.meanwhile) == (UploadState.READ, [])
    assert (read.found or {})["schema"]["fields"][0]["type"] == "integer"
