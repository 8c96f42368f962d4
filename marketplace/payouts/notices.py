"""What people are told about bank details and payouts of their organisations."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.kinds import Kind, Rhythm, Stream, register

ACCOUNTS = Stream(
    18,
    "bank-details",
    _("Bank accounts of your organisations"),
    _("When somebody changes where money goes."),
    Rhythm.AT_ONCE,
    by_law=True,
)
PAYOUTS = Stream(
    19,
    "payouts",
    _("Payouts to your organisations"),
    _("What is paid out for milestones, and what holds it up."),
    Rhythm.AT_ONCE,
)
TO_OWNERS = {
    "plan": (
        _("%(amount)s for a milestone of “%(topic)s” are planned. They can leave from %(from)s on"),
        "clock",
    ),
    "send": (_("%(amount)s for “%(topic)s” are on their way to your organisation"), "check"),
    "settle": (_("%(amount)s for “%(topic)s” have been paid to your organisation"), "check"),
    "fail": (_("A payout of %(amount)s for “%(topic)s” did not arrive. Check the bank account"), "cross"),
    "reverse": (_("A payout of %(amount)s for “%(topic)s” came back. Check the bank account"), "cross"),
}


def fill() -> None:
    """Registers every kind of news about payouts."""
    changed = _(
        "The bank account of “%(topic)s” was changed. Was it not one of you? Write to the city at once"
    )
    register(Kind("bank_details.enter", ACCOUNTS, changed, "info"))
    register(*[Kind(f"payout.{verb}", PAYOUTS, *said) for verb, said in TO_OWNERS.items()])
