"""Which credit a new line may take back, that the bank calls a reversal: a suggestion, which people confirm."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.db.models.lookups import IsNull

from marketplace.payments.models import StatementLine


def suggest_reversed(lines: Iterable[StatementLine]) -> None:
    """Says of lines that are not saved yet, and that the bank calls reversals, which credit they may take back."""
    for line in lines:
        if line.is_reversal and line.amount_minor < 0:
            said = {"bank_reference": line.bank_reference, "reference": line.reference, "iban": line.iban}
            same = Q(*((name, text) for name, text in said.items() if text), _connector=Q.OR)
            known = StatementLine.objects.filter(
                statement__account=line.statement.account,
                currency=line.currency,
                amount_minor=-line.amount_minor,
                booked_on__lte=line.booked_on,
            )
            # A doubt is no credit of its own: what a movement paid stands with the line that counts.
            counts = Q(duplicate_of=None) | Q(charge__isnull=False)
            first = IsNull(F("charge"), True), "-booked_on", "-pk"
            line.reverses = known.filter(same, counts).order_by(*first).first() if same else None
