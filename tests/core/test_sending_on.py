"""What was kept is sent on by a click: nothing is lost on the way, and the page says no more than is known."""

import time
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from projects.discussion.models import Comment
from tests.core.test_suspended import sent, signed_in_again
from tests.factories import accounts, proposals
from tests.visiting import signs_in, text_of

pytestmark = pytest.mark.django_db
BUTTON = "Send it now</button>"


class Kept:
    """A comment that was sent after its writer had signed out, and the page that shows it to them again."""

    def __init__(self, page: str = "") -> None:
        self.writer = accounts.person()
        self.browser = signs_in(Client(), self.writer)
        self.browser.post("/accounts/logout/")
        self.page = page or f"/projects/{proposals.project(state='open').slug}/discussion/"
        self.address = f"{self.page}post/" if not page else "/me/profile/"
        typed = {"body": "Will there be one?", "token": str(uuid4())}
        headers = {"Referer": f"http://testserver{self.page}"}
        answer = self.browser.post(self.address, typed, headers=headers)
        shown = signed_in_again(self.browser, answer, self.writer)
        self.link = shown.request["PATH_INFO"]
        self.path, self.fields = sent(shown)

    def shown(self) -> str:
        return text_of(self.browser, self.link)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def test_what_has_not_arrived_is_offered_still_1127_ay2() -> None:
    kept = Kept()
    assert kept.path == kept.address
    refused = kept.browser.post(kept.path, kept.fields | {"body": ""})
    assert refused.status_code >= 400
    for _time in range(2):
        assert BUTTON in kept.shown()
        assert "has been sent on" not in kept.shown()
    kept.browser.post(kept.path, kept.fields)
    assert BUTTON not in kept.shown()
    assert "This has been sent on. Its page shows what came of it." in kept.shown()


def test_another_form_of_the_browser_forgets_nothing_1127_ay2() -> None:
    kept = Kept()
    kept.browser.post("/accounts/logout/", {"kept-form": kept.fields["kept-form"]})
    signs_in(kept.browser, kept.writer)
    assert BUTTON in kept.shown()
    for odd in ("x", "\x00", "é" * 5_000):
        kept.browser.post(kept.path, kept.fields | {"kept-form": odd, "token": str(uuid4())})
    assert BUTTON in kept.shown()


def test_who_reads_for_long_loses_nothing_1127_ay3(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, began = Kept(), time.time()
    monkeypatch.setattr(time, "time", lambda: began + 29 * 60)
    assert BUTTON in kept.shown()
    # Nor where it is not kept any more, since the page itself brings it.
    cache.clear()
    assert "not kept any more" in kept.shown()
    kept.browser.post(kept.path, kept.fields)
    assert Comment.objects.get().body == "Will there be one?"


def test_the_page_leads_to_no_other_site_1127_ay6() -> None:
    kept = Kept("//evil.example/login")
    shown = kept.shown()
    assert 'href="/%2Fevil.example/login"' in shown
    assert 'href="//' not in shown
    kept.browser.post("/accounts/logout/")
    answer = kept.browser.post(
        kept.address,
        {"code": "x"},
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver//evil.example/"},
    )
    assert answer.headers["HX-Redirect"].endswith("?next=/%252Fevil.example/")


def test_what_is_sent_twice_at_once_is_answered_by_its_address_1127_ay7() -> None:
    """It knows its own form again; that of before said that it went on once, and let two of them through."""
    kept = Kept()
    answers = [kept.browser.post(kept.path, kept.fields) for _time in range(2)]
    comment = f"{kept.page}{Comment.objects.get().pk}/"
    assert {answer.headers["Location"].partition("#")[0] for answer in answers} == {comment}
    assert Comment.objects.count() == 1
    assert "not sent twice" not in kept.shown()
