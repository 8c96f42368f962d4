"""Notifies people, and takes what they say to it: read, preferred, unsubscribed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.errors import Invalid, NotFound
from civic.core.models import Event
from civic.notifications.models import Notification, Preference, effective
from civic.notifications.types import Category, Frequency, categories, notification_types


@dataclass(frozen=True)
class Message:
    """What a notification says: `topic` names the thing, `url` is where it is, `detail` is for this person alone."""

    kind: str
    topic: str
    url: str
    params: dict[str, Any] = field(default_factory=dict)
    detail: str = ""


def notify(*, people: Iterable[UUID], message: Message, event: Event, anonymous: bool = False) -> None:
    """Notifies these people of the event, each as they prefer; a second call changes nothing.

    The actor of the event is not notified of their own deed unless the type is mandatory. `anonymous`
    leaves out who acted: a moderator decides for the council.
    """
    category = notification_types[message.kind].category
    recipients = {person for person in people if person != event.actor or category.mandatory}
    preferences = Preference.objects.filter(person__in=recipients, category=category.slug)
    wishes = {preference.person_id: preference for preference in preferences}
    actor = None if anonymous or not event.actor else Person.objects.filter(pk=event.actor).first()
    rows = [
        Notification(
            person_id=person,
            event=event,
            kind=message.kind,
            category=category.slug,
            actor=actor,
            topic=message.topic,
            params=message.params,
            detail=message.detail,
            url=message.url,
            notified_at=event.at,
            **effective(wishes.get(person), category),
        )
        for person in sorted(recipients)
    ]
    wanted = [row for row in rows if row.on_site or row.frequency != Frequency.NEVER]
    # Handlers run at least once: a second run meets the constraint for each person and event, and passes over it.
    Notification.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=500)


def mark_read(*, actor: Person, notification: UUID, at: datetime) -> Notification:
    """Marks one of the actor's own notifications as read; raises NotFound for anybody else's."""
    mine = Notification.objects.on_page_of(actor.pk).filter(pk=notification)
    mine.unread().update(read_at=at)
    found = mine.select_related("actor").first()
    if found is None:
        raise NotFound
    return found


def mark_all_read(*, actor: Person, until: UUID, at: datetime) -> int:
    """Marks the actor's notifications as read, up to the notification `until`: what came later nobody has seen."""
    shown = Notification.objects.on_page_of(actor.pk).unread().filter(pk__lte=until)
    return shown.update(read_at=at)


def prefer(*, actor: Person, category: Category, on_site: bool, frequency: Frequency) -> None:
    """Stores how the actor wants to get a category; what waits for a mail follows the new wish.

    Raises Invalid for a mandatory category.
    """
    if category.mandatory:
        raise Invalid(_("The law says that you must get this news."))
    with transaction.atomic():
        wish = {"on_site": on_site, "frequency": frequency}
        Preference.objects.update_or_create(person=actor, category=category.slug, defaults=wish)
        Notification.objects.filter(person=actor, category=category.slug).to_mail().update(
            frequency=frequency
        )


def unsubscribe(*, person: Person, category: Category | None) -> None:
    """No more mail of this category, or (None) no more digests at all. On the site nothing changes."""
    with transaction.atomic():
        for one in [category] if category else categories():
            preference = Preference.objects.filter(person=person, category=one.slug).first()
            wish = effective(preference, one)
            in_digest = wish["frequency"] != Frequency.AT_ONCE
            if not one.mandatory and (category or in_digest):
                prefer(actor=person, category=one, on_site=wish["on_site"], frequency=Frequency.NEVER)
