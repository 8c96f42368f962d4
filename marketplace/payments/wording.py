"""How a payment stands, in a word or two, for the one who pays."""

from django.utils.translation import gettext as _

from marketplace.payments.models import Charge
from marketplace.payments.queries.disputes import is_by_transfer
from marketplace.payments.states import ChargeState


def state_of(charge: Charge) -> str:
    """Its state; of one that its bank took back, whether by a dispute, and whether all of it: two statements more."""
    if charge.state != ChargeState.LOST:
        return str(charge.get_state_display())
    if charge.lost < charge.amount:
        return _("taken back in part") if is_by_transfer(charge) else _("dispute lost in part")
    return _("taken back by the bank") if is_by_transfer(charge) else str(ChargeState.LOST.label)
