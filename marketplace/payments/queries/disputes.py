"""Which payments are in dispute, the most urgent first, and who works on them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, QuerySet, Subquery, Value

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from marketplace.payments import providers
from marketplace.payments.models import Charge, Dispute


def by_deadline() -> QuerySet[Dispute]:
    """Disputes whose evidence is due first on top; those without a deadline, answered or decided come after them."""
    order = [F("decided_at").asc(nulls_first=True), F("answered_at").asc(nulls_first=True)]
    return Dispute.objects.select_related("charge").order_by(
        *order, F("evidence_due_at").asc(nulls_last=True), "pk"
    )


def waiting_columns(person: Person, at: datetime) -> dict[str, Any]:
    """How many disputes wait for evidence, and the first deadline; for a page of a finance officer alone."""
    if not person.is_staff or not in_group(person, groups.FINANCE_OFFICERS):
        return {}
    rows = Dispute.objects.filter(decided_at=None, answered_at=None).order_by()
    one = rows.annotate(all=Value(1)).values("all")
    return {
        "disputes_waiting": Subquery(one.annotate(count=Count("pk")).values("count")),
        "disputes_due_at": Subquery(one.annotate(first=Min("evidence_due_at")).values("first")),
        "disputes_since": Subquery(one.annotate(oldest=Min("opened_at")).values("oldest")),
    }


def dispute_of(charge: UUID, kind: str, at: datetime) -> Dispute | None:
    """The dispute that an event of a charge tells of: the one that opened, or was decided, at that moment."""
    moment = {"opened_at": at} if kind == "charge.disputed" else {"decided_at": at}
    return (
        Dispute.objects.select_related("charge").filter(charge=charge, **moment).order_by("-number").first()
    )


def is_by_transfer(charge: Charge) -> bool:
    """Whether it is paid by bank transfer: nobody disputes one and nobody decides, its bank takes it back at once.

    Then its dispute is opened and lost in one step (`operations.reversals`).
    """
    return providers.abilities_of(charge.provider).by_transfer


def finance_officers() -> set[UUID]:
    """The people who keep the books."""
    staff = Person.objects.filter(is_staff=True, is_active=True, groups__name=groups.FINANCE_OFFICERS)
    return set(staff.values_list("pk", flat=True))
