"""The pages of notifications: one's own only, a fixed number of statements, and the way out of mail."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civic.accounts import mail
from civic.notifications import outbox
from civic.notifications.models import Notification, Preference
from civic.notifications.types import Frequency
from tests.factories import accounts
from tests.factories.notifications import AT_ONCE, DAILY, MANDATORY, told
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


def link_of(message: django_mail.EmailMessage) -> str:
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    return "/" + address.split("/", 3)[3]


def test_the_page_shows_ones_own_only(at: datetime) -> None:
    person, other = accounts.person(), accounts.person()
    told(person, at=at, topic="Mine")
    told(other, at=at, topic="Theirs")
    content = visitor(person).get("/notifications/").content.decode()
    assert ("Mine" in content, "Theirs" in content) == (True, False)


def test_an_empty_page_invites() -> None:
    assert "Find a project" in visitor(accounts.person()).get("/notifications/").content.decode()


def test_reading_one_and_all(at: datetime) -> None:
    person = accounts.person()
    first, second, third = (told(person, at=at) for _ in range(3))
    client = visitor(person)
    assert client.get(f"/notifications/{first.pk}/read/").status_code == 405
    assert client.post(f"/notifications/{first.pk}/read/").status_code == 302
    assert set(Notification.objects.unread()) == {second, third}
    client.post("/notifications/read/", {"until": str(third.pk)})
    assert not Notification.objects.unread().exists()


def test_what_was_told_late_stands_at_its_date_and_is_caught_up_with(at: datetime) -> None:
    person = accounts.person()
    for days, topic in ((0, "Today"), (9, "Long ago"), (3, "Lately")):
        told(person, at=at - timedelta(days=days), topic=topic)
    page = visitor(person).get("/notifications/").content.decode()
    places = [page.index(topic) for topic in ("Today", "Lately", "Long ago")]
    assert places == sorted(places)
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until is not None
    later = told(person, at=at - timedelta(days=20))
    visitor(person).post("/notifications/read/", {"until": until[1]})
    assert list(Notification.objects.unread()) == [later]


def test_pages_go_on_by_date(at: datetime) -> None:
    person = accounts.person()
    for number in range(35):
        told(person, at=at + timedelta(hours=number * 8 % 35), topic=f"T{number * 8 % 35:02}.")
    first = visitor(person).get("/notifications/").content.decode()
    after = re.search(r"after=([^\"&]+)", first)
    assert after is not None
    second = visitor(person).get(f"/notifications/?after={after[1]}").content.decode()
    seen = [re.findall(r"T(\d\d)\.</a>", page) for page in (first, second)]
    assert [int(number) for page in seen for number in page] == list(range(34, -1, -1))


def test_marking_somebody_elses_is_not_found(at: datetime) -> None:
    theirs = told(accounts.person(), at=at)
    assert visitor(accounts.person()).post(f"/notifications/{theirs.pk}/read/").status_code == 404


def test_a_damaged_cursor_is_refused_with_a_page() -> None:
    assert visitor(accounts.person()).get("/notifications/?after=nonsense").status_code == 422


@pytest.mark.parametrize("what", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_titles_are_escaped_on_the_page_and_in_the_mail(at: datetime, what: str) -> None:
    person = accounts.person()
    told(person, AT_ONCE, at=at, topic=what, detail=what)
    assert what not in visitor(person).get("/notifications/").content.decode()
    outbox.prepare_at_once(at=at)
    mail.send_due(at=at)
    (message,) = django_mail.outbox
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
    assert what not in html


def test_a_title_cannot_add_a_header_to_a_mail(at: datetime) -> None:
    told(accounts.person(), AT_ONCE, at=at, topic="Benches\r\nBcc: everybody@example.org")
    outbox.prepare_at_once(at=at)
    mail.send_due(at=at)
    (message,) = django_mail.outbox
    assert message.recipients() == message.to
    assert "Bcc" not in message.message()


def test_the_settings_keep_what_is_chosen() -> None:
    person = accounts.person()
    client = visitor(person)
    page = client.get("/notifications/settings/")
    sent = {f"{form.prefix}-frequency": form.initial["frequency"] for form in page.context["forms"]}
    sent[f"{DAILY.slug}-frequency"] = Frequency.WEEKLY
    assert client.post("/notifications/settings/", sent).status_code == 302
    preference = Preference.objects.get(person=person, category=DAILY.slug)
    assert (preference.frequency, preference.on_site) == (Frequency.WEEKLY, False)
    sent[f"{DAILY.slug}-frequency"] = "hourly"
    assert client.post("/notifications/settings/", sent).status_code == 422


def test_one_post_without_cookies_stops_digests(at: datetime) -> None:
    person = accounts.person()
    told(person, at=at)
    morning = at.replace(day=2)
    outbox.prepare_digests(at=morning)
    mail.send_due(at=morning)
    (message,) = django_mail.outbox
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stranger = Client(enforce_csrf_checks=True)
    link = link_of(message)
    assert stranger.get(link).status_code == 200
    assert not Preference.objects.exists()  # looking at a link changes nothing
    assert stranger.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert told(person, at=at).frequency == Frequency.NEVER
    assert told(person, AT_ONCE, at=at).frequency == Frequency.AT_ONCE


def test_a_forged_unsubscribe_link_is_not_found() -> None:
    assert Client().post("/notifications/unsubscribe/forged/").status_code == 404


def test_mail_owed_by_law_has_no_unsubscribe_link(at: datetime) -> None:
    told(accounts.person(), MANDATORY, at=at)
    outbox.prepare_at_once(at=at)
    mail.send_due(at=at)
    (message,) = django_mail.outbox
    assert "List-Unsubscribe" not in message.extra_headers


def test_the_page_asks_as_often_for_many_as_for_few(at: datetime) -> None:
    person = accounts.person()
    client = visitor(person)
    told(person, at=at, actor=accounts.person())
    client.get("/notifications/")

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/notifications/")
        return len(asked)

    few = statements()
    for _ in range(20):
        told(person, at=at, actor=accounts.person())
    assert statements() == few <= 14
