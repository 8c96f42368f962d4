"""The chart of accounts in plain words: what an account of this shape is, for somebody who keeps no books.

A code's shape is the code without what identifies the one thing: `campaign/<id>/held` has the shape `campaign/held`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Place:
    """What accounts of one shape are called, and what money in them means."""

    name: Text
    meaning: Text


def shape(code: str) -> str:
    """`fund/<id>/reserved` → `fund/reserved`, `provider/demo` → `provider`, `bank` → `bank`."""
    first, *rest = code.split("/")
    return "/".join([first, *rest[1:]])


def place(code: str) -> Place:
    """What the account is; an account that nobody described is called by its code."""
    return described(shape(code), code)


def described(shape: str, name: str = "") -> Place:
    """What accounts of a shape are; `name` is what to call one that nobody described."""
    return PLACES.get(shape, Place(name or shape, _("An account of this installation.")))


PLACES = {
    "bank": Place(_("City's bank account"), _("Money that is in the bank.")),
    "provider": Place(
        _("Payment provider"),
        _("Money that somebody paid, until the provider passes it on to the city's bank."),
    ),
    "campaign/held": Place(
        _("Held: not decided, or on its way back"),
        _("Paid for a project whose goal is not decided yet, or on its way back to those who gave it."),
    ),
    "campaign/committed": Place(
        _("Promised to the project"),
        _("The goal was reached. The project gets this money step by step, as it keeps what it promised."),
    ),
    "campaign/released": Place(
        _("Ready to be paid out"),
        _("The project has done its part for this money; the payment to it comes next."),
    ),
    "bounty/held": Place(
        _("Bounty of a data need"),
        _(
            "Paid for data that a project lacks. Whoever delivers it gets this; otherwise it goes back to its givers."
        ),
    ),
    "fund/available": Place(
        _("Match fund, free"), _("Money of a match fund that nothing is promised from yet.")
    ),
    "fund/reserved": Place(
        _("Match fund, set aside"), _("Set aside beside pledges to campaigns that are still open.")
    ),
    "fund/committed": Place(
        _("Match fund, promised"), _("Promised to campaigns that reached their goal, and paid to them next.")
    ),
    "funder": Place(_("Giver of a match fund"), _("Who put money into a match fund.")),
    "receivable": Place(_("Unpaid invoice"), _("What a sponsor owes by an invoice.")),
    "sponsorship/due": Place(
        _("Sponsor's money, invoiced"), _("Invoiced to a sponsor; it counts once it is paid.")
    ),
    "sponsorship/paid": Place(_("Paid by a sponsor"), _("Arrived from a sponsor, set against its invoices.")),
    "vat": Place(_("Value added tax"), _("Tax on invoices; it goes to the tax office, not to a project.")),
    "refund": Place(_("On its way back"), _("Owed to somebody who paid, until it has arrived with them.")),
    "suspense": Place(
        _("Not understood yet"),
        _("Arrived without a reference. Two people find out together what it is for."),
    ),
    "income": Place(
        _("Income of the city"), _("Arrived on the city's account for the city itself, not for a project.")
    ),
    "disputed": Place(
        _("Taken back in a dispute"),
        _("A payer's bank took it back and looks into it. It comes back, or is lost."),
    ),
    "fees": Place(_("Fees"), _("What a payment provider kept for its work.")),
    "claim": Place(
        _("Paid back by a payer"), _("Arrived from somebody who had got the same money back twice.")
    ),
    "losses": Place(
        _("Losses"),
        _(
            "Disputes that were lost after the money had gone on, what has left twice, and what had gone on of money "
            "that a bank took back."
        ),
    ),
}

# What happened, by the kind of an entry.
KINDS: dict[str, Text] = {
    "charge": _("Somebody paid"),
    "fee": _("Fee of the payment provider"),
    "settlement": _("Provider passed money on to the bank"),
    "suspense": _("Money that arrived was understood"),
    "double": _("Movement of the bank that had been read twice, taken back"),
    "income": _("Income of the city"),
    "taken": _("The bank took back money that had arrived"),
    "twice": _("A transfer or refund left once more"),
    "refund": _("Refund begun"),
    "refund.done": _("Refund arrived"),
    "refund.returned": _("Refund came back"),
    "refund.otherwise": _("Refund paid another way"),
    "refund.taken_back": _("Refund that had come back has gone after all"),
    "dispute": _("Dispute opened"),
    "dispute.won": _("Dispute won"),
    "dispute.lost": _("Dispute lost"),
    "dispute.loss": _("Loss by a dispute"),
    "dispute.refund": _("Refund covered by a dispute"),
    "dispute.borne": _("Dispute borne by the project"),
    "claim.paid": _("What came back twice was paid back"),
    "invoice": _("Invoice to a sponsor"),
    "invoice.paid": _("Sponsor paid an invoice"),
    "invoice.loss": _("Sponsor's money lost after it was paid out"),
    "credit-note": _("Credit note to a sponsor"),
    "fund.in": _("Money put into a match fund"),
    "fund.out": _("Money put into a match fund, taken back by the bank"),
    "match.reserved": _("Match set aside"),
    "match.released": _("Match given back to its fund"),
    "match.committed": _("Match promised"),
    "match.paid": _("Match paid to the project"),
    "match.returned": _("Match taken back"),
    "campaign.succeeded": _("Campaign reached its goal"),
    "campaign.held_back": _("Promised money held back"),
    "milestone": _("Milestone accepted"),
    "milestone.undone": _("Payout taken back before it was sent"),
    "payout": _("Paid out"),
    "payout.returned": _("Payout came back"),
}


def happened(kind: str) -> Text:
    """An entry's kind in words; an unknown one as it is."""
    if kind.endswith(REVERSED):
        return _("Taken back: %(what)s") % {"what": happened(kind.removesuffix(REVERSED))}
    return KINDS.get(kind, kind)


REVERSED = ".reversed"
