"""Notifications, and how people want to get them."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Mail
from civic.core.models import BaseModel, Event
from civic.notifications.mornings import day_of, last_monday, last_morning
from civic.notifications.types import Category, Frequency, notification_types


def digest_key(day: date) -> str:
    """What makes the digest of a day one for each person (`Mail.key`)."""
    return f"digest:{day.isoformat()}"


class Notifications(models.QuerySet["Notification"]):
    """Which notifications are shown, unread, or due by mail."""

    def on_page_of(self, person_id: UUID) -> "Notifications":
        """What this person's page lists."""
        return self.filter(person=person_id, on_site=True)

    def unread(self) -> "Notifications":
        """Not yet marked as read."""
        return self.filter(read_at=None)

    def to_mail(self) -> "Notifications":
        """Unread, in no mail yet, of people who can be written to."""
        return self.unread().filter(mail=None, person__is_active=True).exclude(frequency=Frequency.NEVER)

    def due_at_once(self) -> "Notifications":
        """What waits for a mail of its own."""
        return self.to_mail().filter(frequency=Frequency.AT_ONCE)

    def due_by(self, at: datetime) -> "Notifications":
        """What the digests of the last morning should hold."""
        daily = Q(frequency=Frequency.DAILY, notified_at__lt=last_morning(at))
        weekly = Q(frequency=Frequency.WEEKLY, notified_at__lt=last_monday(at))
        return self.to_mail().filter(daily | weekly)

    def due_in_digest(self, at: datetime) -> "Notifications":
        """The same, of people who did not get that morning's digest yet."""
        have_theirs = Mail.objects.filter(person=OuterRef("person"), key=digest_key(day_of(at)))
        return self.due_by(at).exclude(Exists(have_theirs))


class Notification(BaseModel):
    """Something that this person should know. Told once for each event and kind, whatever is retried.

    It holds no words of other people: the sentence is made from its kind when it is read, so that what
    was hidden or erased meanwhile does not live on here. `detail` is addressed to the person (a reason).
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=60)
    category = models.CharField(_("category"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    topic = models.CharField(_("about"), max_length=200)
    params = models.JSONField(default=dict)
    detail = models.TextField(_("detail"), blank=True)
    url = models.CharField(max_length=400)
    notified_at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read"), null=True)
    on_site = models.BooleanField(default=True)
    frequency = models.CharField(_("by email"), max_length=8, choices=Frequency)
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, related_name="notifications")

    objects = Notifications.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "event", "kind"], name="told_once_an_event")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-notified_at", "-id"], condition=Q(on_site=True), name="notification_page"
            ),
            models.Index(
                fields=["person"], condition=Q(on_site=True, read_at=None), name="notification_unread"
            ),
            models.Index(
                fields=["frequency", "person"],
                condition=Q(read_at=None, mail=None) & ~Q(frequency=Frequency.NEVER),
                name="notification_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @cached_property
    def sentence(self) -> str:
        """What happened, in one sentence, with the names of today."""
        kind = notification_types.get(self.kind)
        actor = self.actor.display_name if self.actor else str(_("Someone"))
        return kind.say(actor, self.topic, self.params) if kind else self.topic

    @property
    def icon(self) -> str:
        """The name of the picture in front of the sentence."""
        kind = notification_types.get(self.kind)
        return kind.icon if kind else "bell"


class Preference(BaseModel):
    """How a person wants to get one category; without a row, the category's own default holds."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    category = models.CharField(_("category"), max_length=40)
    on_site = models.BooleanField(_("on the site"), default=True)
    frequency = models.CharField(_("by email"), max_length=8, choices=Frequency)

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "category"], name="one_preference_a_category")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.category}"


def effective(preference: Preference | None, category: Category) -> dict[str, Any]:
    """The columns of a notification that follow from somebody's wish, the category's default, or the law."""
    if category.mandatory:
        return {"on_site": True, "frequency": Frequency.AT_ONCE}
    if preference is None:
        return {"on_site": True, "frequency": category.frequency}
    return {"on_site": preference.on_site, "frequency": preference.frequency}
