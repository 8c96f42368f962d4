from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.exchange.models.needs import DataNeed
from marketplace.exchange.states import GIFT, GiftState

# In minor units, a gift: below it a card costs more than it brings, above it the city asks who pays.
LEAST_GIFT, MOST_GIFT = 1_00, 10_000_00


class BountyGift(Stateful, BaseModel):
    """What one person has added to the bounty of a need, for themselves or for an organisation, paid at once.

    What of it counts says `GiftStanding`. All gifts of a person to a need are named, or all are anonymous; one for an
    organisation is named.
    """

    # The payment that waits for its giver, where a page has asked for it.
    charge: UUID | None = None

    TRANSITIONS = GIFT
    event_fields = {"need": "need_id", "minor": "amount_minor", "currency": "currency"}
    noun = "bounty_gift"

    need = models.ForeignKey(DataNeed, on_delete=models.PROTECT, related_name="gifts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="bounty_gifts"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bounty_gifts",
        verbose_name=_("in the name of"),
    )
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    anonymous = models.BooleanField(_("without a name"), default=False)
    provider = models.CharField(_("provider"), max_length=12)
    token = models.UUIDField(_("number of the form"))
    state = state_field(GiftState, 8)

    class Meta:
        verbose_name = _("gift to a bounty")
        verbose_name_plural = _("gifts to bounties")
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount_minor__gte=LEAST_GIFT, amount_minor__lte=MOST_GIFT),
                name="bounty_gift_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(anonymous=False), name="bounty_gift_of_organisation_named"
            ),
            models.UniqueConstraint(fields=["person", "token"], name="one_bounty_gift_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} · {self.need}"

    def get_absolute_url(self) -> str:
        return self.need.get_absolute_url()

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def purpose(self) -> str:
        """How payments name it."""
        return f"bounty-gift:{self.pk}"

    @property
    def giver(self) -> str:
        """Whose name the page shows; empty where nobody's."""
        if self.organisation is not None:
            return self.organisation.name
        return "" if self.anonymous or self.person is None else self.person.display_name


class GiftStanding(models.Model):
    """What of a gift is there, in minor units, as sql/gifts.sql says. Read only."""

    gift: Any = models.OneToOneField(
        BountyGift, on_delete=models.DO_NOTHING, primary_key=True, related_name="figures"
    )
    need = models.ForeignKey(DataNeed, on_delete=models.DO_NOTHING, related_name="+")
    paid = models.BigIntegerField(_("paid"))
    returned = models.BigIntegerField(_("returned"))
    disputed = models.BigIntegerField(_("disputed"))
    firm = models.BigIntegerField(_("there"))

    class Meta:
        managed = False
        db_table = "exchange_giftstanding"

    def __str__(self) -> str:
        return f"{self.pk}: {self.firm}"
