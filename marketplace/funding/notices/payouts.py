"""What people are told about money that leaves for an organisation, and about match funds."""

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
FUNDS = Stream(
    42,
    "match-funds",
    _("Match funds"),
    _("What the city adds to the campaigns of your projects, and answers to your challenges."),
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
TO_TEAM = {
    "allocation.enrol": (_("“%(topic)s” takes part in the match fund “%(fund)s”"), "check"),
    "allocation.unlock": (_("Enough people back “%(topic)s”: “%(fund)s” adds %(amount)s"), "check"),
}
TO_CHALLENGER = {
    "challenge.uphold": (_("Your challenge of “%(topic)s” was right: its input is published anew"), "check"),
    "challenge.reject": (_("Your challenge of “%(topic)s” was answered"), "info"),
}


def fill() -> None:
    """Registers every kind of news about payouts and match funds."""
    changed = _(
        "The bank account of “%(topic)s” was changed. Was it not one of you? Write to the city at once"
    )
    register(Kind("bank_details.enter", ACCOUNTS, changed, "info"))
    register(*[Kind(f"payout.{verb}", PAYOUTS, *said) for verb, said in TO_OWNERS.items()])
    register(*[Kind(kind, FUNDS, *said) for kind, said in (TO_TEAM | TO_CHALLENGER).items()])
