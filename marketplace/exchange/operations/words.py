"""Words of a need or an offer that break the rules of the house: taken down by a data steward, with a reason.

What stood there is kept with the row, for whoever appeals; nobody is shown it but the desk.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.locking import lock_row
from civic.core.policies import require
from marketplace.exchange import locking
from marketplace.exchange.models import DataNeed, Offer

LONGEST_REASON = 1000


def take_down_need(*, actor: Person, need: DataNeed, reason: str, at: datetime) -> None:
    """Title and description of a need, whatever its state. Raises Forbidden, Invalid without a reason, Conflict."""
    reason = _reason(reason)
    with transaction.atomic():
        current = locking.lock_need(need)
        require(actor, "take_down", current)
        _still_there(current)
        # First: without it the database keeps the words.
        events.record("data_need.taken_down", actor=actor, subject=current, at=at, note=reason)
        DataNeed.objects.filter(pk=current.pk).update(
            title=_("Words taken down"),
            description=_("A data steward took these words down: %(reason)s") % {"reason": reason},
            removed_words=f"{current.title}\n\n{current.description}",
        )


def take_down_offer(*, actor: Person, offer: Offer, reason: str, at: datetime) -> None:
    """The note of an offer, and what it wants in return. Raises Forbidden, Invalid without a reason, Conflict."""
    reason = _reason(reason)
    with transaction.atomic():
        need = locking.lock_need(offer.need)
        current = lock_row(Offer.objects.select_related("organisation"), pk=offer.pk)
        current.need = need
        require(actor, "take_down", current)
        _still_there(current)
        if not (current.note or current.valuation):
            raise Conflict(_("This offer has no words of its own."))
        events.record("data_offer.taken_down", actor=actor, subject=current, at=at, note=reason)
        Offer.objects.filter(pk=current.pk).update(
            # An offer for something keeps that it is for something.
            valuation=_("Words taken down") if current.valuation else "",
            note=_("A data steward took these words down: %(reason)s") % {"reason": reason},
            removed_words=f"{current.valuation}\n\n{current.note}",
        )


def _reason(reason: str) -> str:
    words = _("Say why, by which rule of the house; everybody reads it.")
    return required(reason, words, longest=LONGEST_REASON)


def _still_there(thing: DataNeed | Offer) -> None:
    if thing.removed_words:
        raise Conflict(_("The words are taken down already."))
