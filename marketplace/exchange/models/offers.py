from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from datasets.catalogue.models import Dataset, Revision
from marketplace.exchange.models.needs import DataNeed
from marketplace.exchange.states import OFFER, OfferState


class Offer(Stateful, BaseModel):
    """An organisation offers to meet a need with a dataset of its own, which may be a draft until it is delivered.

    For the bounty, or free. Free in money may still be for something: a service, or a thing. What that is worth is said
    in words and as an estimate in whole units of the currency, which is no money of ours and is added to none.
    """

    class Kind(models.TextChoices):
        BOUNTY = "bounty", _("for the bounty")
        FREE = "free", _("free")
        SERVICE = "service", _("for a service in return")
        KIND = "kind", _("for something else in return")

    TRANSITIONS = OFFER
    event_fields = {"need": "need_id", "organisation": "organisation_id", "kind": "kind"}
    noun = "data_offer"

    need = models.ForeignKey(DataNeed, on_delete=models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="data_offers")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="offers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    kind = models.CharField(_("in return"), max_length=7, choices=Kind)
    valuation = models.CharField(_("what is wanted in return"), max_length=300, blank=True)
    estimate = models.PositiveIntegerField(_("worth about, in whole units"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    removed_words = models.TextField(_("words taken down"), blank=True, editable=False)
    state = state_field(OfferState, 9)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["need"], condition=Q(state=OfferState.AWARDED), name="one_awarded_offer_a_need"
            ),
            models.UniqueConstraint(
                fields=["need", "organisation"],
                condition=Q(state__in=[OfferState.MADE, OfferState.AWARDED]),
                name="one_live_offer_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["bounty", "free"], valuation="", estimate=None)
                | Q(kind__in=["service", "kind"]) & ~Q(valuation=""),
                name="offer_valued_where_something_is_wanted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.dataset}"

    def get_absolute_url(self) -> str:
        return self.need.get_absolute_url()

    @property
    def is_for_bounty(self) -> bool:
        return self.kind == self.Kind.BOUNTY


class Delivery(BaseModel):
    """A published revision that an awarded offer was delivered by; a returned need may be delivered again.

    `checks` are the need's own, as they were when it was answered: `[{"name", "passed", "reason"}, …]`.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")

    event_fields = {"need": "offer.need_id", "revision": "revision_id"}

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="deliveries")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveSmallIntegerField(_("number"))
    delivered_at = models.DateTimeField(_("delivered"))
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    checks = models.JSONField(_("checks"), default=list)
    reason = models.TextField(_("what was said"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering: ClassVar = ["delivered_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offer", "number"], name="one_delivery_a_number"),
            models.UniqueConstraint(
                fields=["offer"], condition=Q(answer="accepted"), name="one_accepted_delivery_an_offer"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="delivery_answered_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.revision)

    @property
    def shown_reason(self) -> str:
        """What was said of it, as everybody reads it: nothing where the words of the need were taken down."""
        return "" if self.offer.need.is_taken_down else self.reason

    @property
    def shown_checks(self) -> list[dict[str, Any]]:
        """Its checks as everybody reads them: they name the columns."""
        return [] if self.offer.need.is_taken_down else self.checks
