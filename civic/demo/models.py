from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel


class City(BaseModel):
    """The city that `demo_city` made: from which seed, and the day from which its dates are counted."""

    seed = models.PositiveIntegerField(_("seed"))
    anchored_on = models.DateField(_("today was"))

    class Meta:
        verbose_name = _("demo city")
        verbose_name_plural = _("demo cities")

    def __str__(self) -> str:
        return f"{self.seed} · {self.anchored_on}"


class Messages(models.QuerySet["Message"]):
    """What visitors ask of the demo's post box."""

    def to(self, recipient: str) -> "Messages":
        """Mail for this address; all of it for an empty one."""
        return self.filter(recipient__iexact=recipient) if recipient else self

    def newest(self) -> "Messages":
        """Last in, first seen."""
        return self.order_by("-created_at", "-id")


class Message(BaseModel):
    """A mail that the demo city would have sent to one recipient; it is kept here and goes nowhere."""

    recipient = models.EmailField(_("to"))
    sender = models.CharField(_("from"), max_length=320)
    subject = models.CharField(_("subject"), max_length=400)
    text = models.TextField(_("text"))

    objects = Messages.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes: ClassVar = [models.Index(fields=["-created_at", "-id"], name="message_newest")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("demo:message", args=[self.pk])
