from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from datasets.consent.models.collection import Collection
from datasets.consent.states import RIGHTS, RightsState
from datasets.consent.vocabularies import Right


class RightsRequest(Stateful, BaseModel):
    """What somebody asks of a collection's publisher about their own data, until when it is owed, and the answer."""

    TRANSITIONS = RIGHTS
    event_fields = {"collection": "collection_id", "right": "kind"}
    noun = "rights_request"

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="rights_requests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(_("what is asked"), max_length=13, choices=Right)
    words = models.TextField(_("in their words"), max_length=2000, blank=True)
    sent_at = models.DateTimeField(_("sent"))
    due_at = models.DateTimeField(_("answer is owed until"))
    answer = models.TextField(_("answer"), max_length=2000, blank=True, default="")
    state = state_field(RightsState, 9)

    class Meta:
        verbose_name = _("request about one's rights")
        verbose_name_plural = _("requests about one's rights")
        ordering: ClassVar = ["due_at"]

    def __str__(self) -> str:
        return f"{self.collection}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("consent:rights", args=[self.pk])

    @property
    def who(self) -> str:
        """The person's name."""
        return self.person.display_name if self.person else str(_("Former member"))

    def is_late(self, at: datetime) -> bool:
        """Whether the answer is overdue."""
        return self.state == RightsState.SENT and self.due_at <= at
