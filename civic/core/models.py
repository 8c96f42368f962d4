"""The event log and its seals, and the base of every row of the exchange."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from civic.core import ids
from civic.core.work import Job


class BaseModel(models.Model):
    """A row with a time-ordered id that is safe to show."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)

    class Meta:
        abstract = True


class Event(models.Model):
    """Who did what to which thing, and when. Append-only; `payload` holds no personal data.

    `note` (a reason, in free text) may name people: the chain holds only its salted digest, so that it
    can be erased without breaking the chain.
    """

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=80)
    actor = models.UUIDField(_("actor"), null=True, help_text=_("Empty where the clock or a task acted."))
    subject_type = models.CharField(_("subject type"), max_length=60)
    subject_id = models.CharField(_("subject"), max_length=64)
    at = models.DateTimeField(_("at"))
    payload = models.JSONField(_("payload"), default=dict)
    note = models.TextField(_("note"), blank=True)
    note_salt = models.BinaryField(default=bytes)
    note_digest = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id", "seq"], name="event_subject"),
            models.Index(fields=["kind", "seq"], name="event_kind"),
            models.Index(fields=["actor", "seq"], name="event_actor"),
            models.Index(fields=["at"], name="event_at"),  # the desk's years and months
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"


class Outbox(models.Model):
    """An event whose handlers have not been scheduled yet. A trigger on `Event` fills it."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.CASCADE)

    def __str__(self) -> str:
        return str(self.event_id)


class Delivery(Job):
    """One event on its way to one handler."""

    # Tried for two days; then somebody has to look.
    pauses = (
        timedelta(seconds=2),
        timedelta(seconds=30),
        timedelta(minutes=5),
        timedelta(hours=1),
        *[timedelta(hours=12)] * 4,
    )
    # A handler writes rows of this database alone, so that it is done exactly once: with its mark or not at all.
    atomic = True

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    handler = models.CharField(_("handler"), max_length=120)

    class Meta(Job.Meta):
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_a_handler")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.handler}"


class PutOff(models.Model):
    """A row for which a task of the clock could not take its step (`row_steps`): why, and when it is tried again."""

    task = models.CharField(_("task"), max_length=60)
    subject_type = models.CharField(_("subject type"), max_length=60)
    subject_id = models.CharField(_("subject"), max_length=64)
    reason = models.TextField(_("why"), blank=True)
    failures = models.PositiveIntegerField(_("failures"), default=0)
    first_at = models.DateTimeField(_("first"))
    due_at = models.DateTimeField(_("tried again"))

    class Meta:
        verbose_name = _("row put off")
        verbose_name_plural = _("put off")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "subject_type", "subject_id"], name="put_off_once_a_task")
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}: {self.task}"


class Seal(models.Model):
    """One link of the hash chain over the event log: all events up to `last_seq` since the seal before."""

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    sealed_at = models.DateTimeField(_("sealed at"))
    last_seq = models.BigIntegerField(_("last event"))
    events = models.PositiveIntegerField(_("events"))
    digest = models.BinaryField(_("digest of the events"))
    previous = models.BinaryField(_("hash of the seal before"))
    hash = models.BinaryField(_("hash"))

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.number}: {bytes(self.hash).hex()[:16]}"
