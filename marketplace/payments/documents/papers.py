"""The letters of this slice: the receipt for a payment and the statement of a year."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from civic.core.money import Money
from marketplace.payments import providers, purposes
from marketplace.payments.documents.rendering import frame, render
from marketplace.payments.models import Charge
from marketplace.payments.receipts import Movement, Year
from marketplace.payments.references import reference_for, spaced

HERE = Path(__file__).parent


def receipt_pdf(charge: Charge, movements: Sequence[Movement], *, payer: str, at: datetime) -> bytes:
    """The receipt for a charge that was paid; `payer` is the name to write on it."""
    purpose = purposes.describe([charge.purpose])[charge.purpose]
    arrived = movements[0].at
    total = Money(sum(one.amount.minor for one in movements), charge.currency)
    facts = [
        (_("Receipt number"), number_of(charge)),
        (_("Paid on"), _day(arrived)),
        (_("Paid by"), provider_label(charge)),
    ]
    data = frame(title=_("Receipt"), at=at, recipient=[payer], facts=facts)
    return render(
        HERE / "receipt.typ",
        data
        | {
            "paid": [purpose.title, charge.amount.format(cents=True)],
            "thanks": _pretended([charge.book]) or _("Thank you. We have received your payment."),
            "columns": _columns(),
            "rows": _rows(movements, {charge.purpose: purpose}),
            "totals": _together(movements, [total]),
            "notes": _notes(),
        },
    )


def year_pdf(year: Year, *, payer: str, at: datetime) -> bytes:
    """Everything that somebody paid and got back in a year."""
    words = purposes.describe(movement.charge.purpose for movement in year.movements)
    data = frame(
        title=_("Your payments in %(year)s") % {"year": year.number},
        at=at,
        recipient=[payer],
        facts=[(_("Year"), str(year.number)), (_("Written on"), _day(at))],
    )
    return render(
        HERE / "year.typ",
        data
        | {
            "summary": _pretended(movement.charge.book for movement in year.movements)
            or _("All that you paid and got back through this site in %(year)s.") % {"year": year.number},
            "columns": _columns(),
            "rows": _rows(year.movements, words),
            "totals": _together(year.movements, year.totals),
            "notes": _notes(),
        },
    )


def number_of(charge: Charge) -> str:
    """The receipt's number: a reference that finds the charge, in groups of four."""
    return spaced(reference_for(charge.pk))


def provider_label(charge: Charge) -> str:
    """How the payer knows the way that they paid."""
    saved = charge.method.label if charge.method else ""
    return saved or str(providers.get(charge.provider).label)


def _columns() -> list[list[str]]:
    return [[_("Date"), "left"], [_("For"), "wide"], [_("Amount"), "right"]]


def _rows(movements: Iterable[Movement], words: dict[str, purposes.Purpose]) -> list[list[str]]:
    rows = []
    for one in movements:
        title = words[one.charge.purpose].title
        if one.returned:
            what = _("Given back, but returned to us: %(title)s") % {"title": title}
        elif one.amount.minor > 0:
            what = title
        else:
            text = _("Taken back by your bank: %(title)s") if one.by_bank else _("Given back: %(title)s")
            what = text % {"title": title}
        rows.append([_day(one.at), what, one.amount.format(cents=True)])
    return rows


def _together(movements: Sequence[Movement], totals: list[Money]) -> list[list[str]]:
    """A total only where there is more than one line."""
    if len(movements) < 2:
        return []
    return [[_("Together"), total.format(cents=True)] for total in totals]


def _notes() -> list[str]:
    return [
        _("Each of these amounts is in the public ledger at %(address)s, without your name.")
        % {"address": f"{settings.SITE_URL}/money/"},
        _("This paper says what was paid. Whether you can deduct it from your taxes, your tax office knows."),
    ]


def _pretended(books: Iterable[str]) -> str:
    """What stands first on a paper about anything but real money."""
    return "" if set(books) == {"live"} else _("This is a demonstration or a test: no real money was paid.")


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")
