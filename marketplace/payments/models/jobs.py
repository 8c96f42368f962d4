from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.work import Job

FIRST_HOUR = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
# Longer than a provider was ever away; what is then still not understood, somebody has to look at.
TWO_WEEKS = (*FIRST_HOUR, *[timedelta(hours=1)] * 72, *[timedelta(hours=12)] * 22)


class Command(Job, BaseModel):
    """Something to ask of a provider.

    `key` is the idempotency key of the call, stored before the first try and the same at every try.
    """

    class Verb(models.TextChoices):
        PREPARE = "prepare", _("prepare a charge")
        CONFIRM = "confirm", _("confirm a charge")
        CANCEL = "cancel", _("cancel a charge")
        SETUP = "setup", _("save a method")
        REFUND = "refund", _("refund")
        TRANSFER = "transfer", _("transfer")
        FORGET = "forget", _("forget a saved method")

    pauses = FIRST_HOUR
    # Money that is owed stays owed: a refund waits for the end of a dispute, which may take months.
    gives_up = False

    provider = models.CharField(_("provider"), max_length=12)
    verb = models.CharField(_("verb"), max_length=8, choices=Verb)
    target = models.UUIDField(_("charge, refund, transfer, setup or method"))
    key = models.CharField(_("idempotency key"), max_length=120, unique=True)

    class Meta(Job.Meta):
        verbose_name = _("command")
        verbose_name_plural = _("commands")

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"


class Message(Job, BaseModel):
    """What a provider told us, stored once a provider and event id before anything is done about it."""

    pauses = TWO_WEEKS

    provider = models.CharField(_("provider"), max_length=12)
    event_id = models.CharField(_("event"), max_length=120)
    kind = models.CharField(_("kind"), max_length=80)
    body = models.JSONField(_("body"))

    class Meta(Job.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="one_message_an_event")
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind}"


class MirrorJob(Job, BaseModel):
    """That dj-stripe's copy of Stripe's objects is to follow a message; money never waits for it."""

    pauses = TWO_WEEKS

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="mirror_job")

    class Meta(Job.Meta):
        verbose_name = _("mirror job")
        verbose_name_plural = _("mirror jobs")

    def __str__(self) -> str:
        return f"mirror of {self.message}"
