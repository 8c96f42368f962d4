from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from civic.core.models import Row


class Command(Row):
    """Something to ask of a provider: leased by a worker, asked, and marked done with its result.

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

    provider = models.CharField(_("provider"), max_length=12)
    verb = models.CharField(_("verb"), max_length=8, choices=Verb)
    target = models.UUIDField(_("charge, refund, transfer, setup or method"))
    key = models.CharField(_("idempotency key"), max_length=120, unique=True)
    due_at = models.DateTimeField(_("due"), db_default=Now())
    first_tried_at = models.DateTimeField(_("first tried"), null=True)
    leased_until = models.DateTimeField(_("leased until"), null=True)
    lease = models.UUIDField(_("lease"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_at = models.DateTimeField(_("done"), null=True)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("command")
        verbose_name_plural = _("commands")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="command_due"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"


class Message(Row):
    """What a provider told us, stored once a provider and event id before anything is done about it."""

    provider = models.CharField(_("provider"), max_length=12)
    event_id = models.CharField(_("event"), max_length=120)
    kind = models.CharField(_("kind"), max_length=80)
    body = models.JSONField(_("body"))
    due_at = models.DateTimeField(_("due"), db_default=Now())
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_at = models.DateTimeField(_("done"), null=True)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="one_message_an_event"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="message_due"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind}"


class Mirroring(Row):
    """That dj-stripe's copy of Stripe's objects is to follow a message; money never waits for it."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="mirroring")
    due_at = models.DateTimeField(_("due"), db_default=Now())
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_at = models.DateTimeField(_("done"), null=True)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("mirroring")
        verbose_name_plural = _("mirrorings")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="mirroring_due"),
        ]

    def __str__(self) -> str:
        return f"mirror of {self.message}"
