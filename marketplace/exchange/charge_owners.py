"""Gifts to bounties own the charges that pay them (purpose `bounty-gift:<id>`).

Each event may come again, and late: what is done looks at where the charge stands now.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from civic.core.errors import Conflict
from civic.core.money import Money
from civic.core.registry import Hook
from marketplace.exchange import locking
from marketplace.exchange.models import BountyGift, BountyPayout
from marketplace.exchange.operations.gifts import settle_gifts, sync_gift
from marketplace.exchange.operations.payouts import bear_losses, recall
from marketplace.exchange.states import BountyPayoutState
from marketplace.payments.charge_owners import ChargeOwner, charge_owners
from marketplace.payments.models import Charge, Refund
from marketplace.payments.purposes import recallers


class GiftCharges(ChargeOwner):
    """The payment of a gift. What of it counts the view of sql/gifts.sql asks the payments themselves."""

    slug: ClassVar[str] = "bounty-gift"

    def started(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing: the gift was made with it."""

    def succeeded(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The gift is paid; where its need is over meanwhile, it goes back."""
        self._sync(key, at)

    def failed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The gift is none; its person may give again."""
        self._sync(key, at)

    def needs_payer(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing: the payer is on the page of the payment, and finishes it there or lets it be."""

    def disputed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing is paid out of the bounty while the bank decides: a payout that waits for approval is taken back."""
        with self._locked(key) as gift:
            recall(gift.need, reason=_("A payment to this bounty is disputed. Its bank decides."), at=at)

    def won(self, key: UUID, charge: Charge, at: datetime) -> None:
        """It counts again; where the need is over, it goes back now."""
        self._sync(key, at)

    def lost(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The bounty is lower by it. What had been paid out before is the city's loss, booked with the dispute."""
        self._sync(key, at)
        with self._locked(key) as gift:
            # It may have come back in the moment in which the bank decided, and neither saw the other.
            back = [BountyPayoutState.FAILED, BountyPayoutState.REVERSED]
            for payout in BountyPayout.objects.filter(need=gift.need, state__in=back):
                bear_losses(locking.lock_payout(payout), at)

    def refunded(self, key: UUID, charge: Charge, refund: Refund, at: datetime) -> None:
        """A gift of which nothing is left is given back, and with the last one the need is refunded."""
        with self._locked(key) as gift:
            recall(gift.need, reason=_("Something of this bounty was given back."), at=at)
            sync_gift(gift, at)
            settle_gifts(gift.need, at)

    def _sync(self, key: UUID, at: datetime) -> None:
        with self._locked(key) as gift:
            sync_gift(gift, at)
            settle_gifts(gift.need, at)

    @contextmanager
    def _locked(self, key: UUID) -> Iterator[BountyGift]:
        with transaction.atomic():
            yield locking.lock_with_need(BountyGift.objects.select_related("need").get(pk=key))


def recall_gift(key: UUID, amount: Money, at: datetime) -> None:
    """Money of a gift is given back by hand: not while it waits to be paid out, or has been.

    Raises Conflict; what lies in the bounty is where the refund takes it from.
    """
    gift = locking.lock_with_need(BountyGift.objects.select_related("need").get(pk=key))
    gone = [BountyPayoutState.REQUESTED, BountyPayoutState.SENT, BountyPayoutState.SETTLED]
    if BountyPayout.objects.filter(need=gift.need, state__in=gone).exists():
        raise Conflict(_("The bounty waits for approval, or is paid: send the payout back first."))


charge_owners.register(GiftCharges())
recallers.register(Hook("bounty-gift", recall_gift))
