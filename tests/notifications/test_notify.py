"""Who is told of what: once an event, as they wish, and nobody of their own deeds."""

from datetime import datetime

import pytest

from civic.core.errors import Invalid, NotFound
from civic.notifications import operations, queries
from civic.notifications.models import Notification
from civic.notifications.operations import Message, notify
from civic.notifications.types import Frequency
from tests.factories import accounts
from tests.factories.notifications import DAILY, MANDATORY, event, told

pytestmark = pytest.mark.django_db
MESSAGE = Message(DAILY.slug, "Benches", "/projects/benches/")


def test_telling_twice_of_one_event_changes_nothing(at: datetime) -> None:
    person = accounts.person()
    happened = event(person, at=at)
    for _again in range(3):
        notify(people=[person.pk], message=MESSAGE, event=happened)
    assert Notification.objects.filter(person=person).count() == 1


def test_nobody_is_told_of_their_own_deed_unless_the_law_says_so(at: datetime) -> None:
    person = accounts.person()
    happened = event(person, actor=person, at=at)
    notify(people=[person.pk], message=MESSAGE, event=happened)
    assert not Notification.objects.exists()
    notify(people=[person.pk], message=Message(MANDATORY.slug, "Benches", "/"), event=happened)
    assert Notification.objects.get().person == person


def test_the_sentence_has_the_names_of_today(at: datetime) -> None:
    person, actor = accounts.person(), accounts.person(name="Ada")
    notification = told(person, at=at, actor=actor)
    assert notification.sentence == "Ada did something about Benches"
    actor.erased_at = at
    actor.save()
    assert (
        Notification.objects.get(pk=notification.pk).sentence == "Former member did something about Benches"
    )


def test_what_is_switched_off_everywhere_is_not_kept(at: datetime) -> None:
    person = accounts.person()
    operations.prefer(actor=person, category=DAILY, on_site=False, frequency=Frequency.NEVER)
    notify(people=[person.pk], message=MESSAGE, event=event(person, at=at))
    assert not Notification.objects.exists()


def test_what_is_off_the_site_is_not_on_the_page_but_in_the_mail(at: datetime) -> None:
    person = accounts.person()
    operations.prefer(actor=person, category=DAILY, on_site=False, frequency=Frequency.DAILY)
    notification = told(person, at=at)
    assert not list(queries.page(person, unread_only=False))
    assert queries.unread_count(person.pk) == 0
    assert notification in Notification.objects.to_mail()


def test_a_new_wish_holds_for_what_is_waiting(at: datetime) -> None:
    person = accounts.person()
    notification = told(person, at=at)
    operations.prefer(actor=person, category=DAILY, on_site=True, frequency=Frequency.NEVER)
    assert notification not in Notification.objects.to_mail()


def test_news_owed_by_law_cannot_be_switched_off(at: datetime) -> None:
    person = accounts.person()
    with pytest.raises(Invalid):
        operations.prefer(actor=person, category=MANDATORY, on_site=False, frequency=Frequency.NEVER)
    operations.unsubscribe(person=person, category=None)
    assert told(person, MANDATORY, at=at).frequency == Frequency.AT_ONCE


def test_somebody_elses_notification_cannot_be_marked_as_read(at: datetime) -> None:
    notification = told(accounts.person(), at=at)
    with pytest.raises(NotFound):
        operations.mark_read(actor=accounts.person(), notification=notification.pk, at=at)
    assert Notification.objects.unread().count() == 1


def test_marking_all_leaves_what_came_after_the_page(at: datetime) -> None:
    person = accounts.person()
    shown, later = told(person, at=at), told(person, at=at)
    operations.mark_all_read(actor=person, until=shown.pk, at=at)
    assert list(Notification.objects.unread()) == [later]
