"""The payments behind a pledge or an instalment, by the purpose that names it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from marketplace.payments.models import Charge, MethodSetup
from marketplace.payments.purposes import key_in
from marketplace.payments.states import PAID, REFUNDABLE, ChargeState, SetupState


def charge_for(purpose: str) -> Charge | None:
    """The one charge for a purpose that has not failed, paid or under way; the database allows no second."""
    return Charge.objects.exclude(state=ChargeState.FAILED).filter(purpose=purpose).first()


def paid_charge(purpose: str) -> Charge | None:
    """The charge for a purpose whose money has arrived, even if it is disputed since."""
    return Charge.objects.filter(purpose=purpose, state__in=PAID).first()


def asked_for(claims: Iterable[UUID]) -> dict[UUID | None, UUID]:
    """The charge that was asked for each claim last, by the claim's id, whatever became of it: one statement."""
    of_any = Q(*(("purpose__startswith", f"claim:{claim}") for claim in claims), _connector=Q.OR)
    asked = Charge.objects.filter(of_any).order_by("created_at") if of_any else Charge.objects.none()
    return {key_in(purpose)[1]: charge for purpose, charge in asked.values_list("purpose", "pk")}


def is_here(charge: Charge) -> bool:
    """Whether its money has arrived and no dispute holds it, or has taken all that was left."""
    return charge.state in REFUNDABLE and (charge.state != ChargeState.LOST or bool(charge.left))


def is_gone(purpose: str) -> bool:
    """Whether refunds of its charge, sent or on their way, and disputes that were lost make the whole of it."""
    paid = paid_charge(purpose)
    return paid is not None and not paid.left


def setup_for(purpose: str) -> MethodSetup | None:
    """The newest saving of a way to pay for a purpose."""
    return MethodSetup.objects.filter(purpose=purpose).order_by("-created_at").first()


def saved_setup(purpose: str) -> MethodSetup | None:
    """The same, where it is saved."""
    saved = MethodSetup.objects.select_related("method").filter(purpose=purpose, state=SetupState.SAVED)
    return saved.order_by("-created_at").first()


def keys(texts: Iterable[str]) -> list[UUID]:
    """Those of the texts that are keys of ours: a purpose or account of another slice may be named otherwise."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def key_after(purpose: str, kind: str) -> UUID | None:
    """The key in `pledge:<key>`; None where the purpose is of another kind."""
    sort, _colon, text = purpose.partition(":")
    return next(iter(keys([text])), None) if sort == kind else None
