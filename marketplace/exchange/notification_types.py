"""What people are told about needs of data: givers of their money, teams and organisations of offers and answers."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

BOUNTIES = Category(
    17,
    "bounties",
    _("What you gave to bounties"),
    _("What was paid, who gets it, and what comes back to you."),
    Frequency.AT_ONCE,
    mandatory=True,
)
NEEDS = Category(
    21,
    "data-needs",
    _("Data that projects need"),
    _("Offers, deliveries and answers about data that your project needs or your organisation offers."),
    Frequency.AT_ONCE,
)
# To everybody whose money is in the bounty.
TO_GIVERS = {
    "data_need.accepted": (_("The data for “%(topic)s” has been delivered and accepted"), "check"),
    "data_need.paid": (_("The bounty for “%(topic)s” has been paid to who delivered the data"), "check"),
    "data_need.lapsed": (_("“%(topic)s” ended without data: what you gave comes back to you"), "cross"),
    "data_need.withdrawn": (_("“%(topic)s” was withdrawn: what you gave comes back to you"), "cross"),
    "bounty_payout.dropped": (
        _("The bounty for “%(topic)s” is not paid: what you gave comes back to you"),
        "cross",
    ),
}
# To the one who gave, of their own payment.
TO_GIVER = {
    "bounty_gift.paid": (_("Your %(amount)s for the bounty of “%(topic)s” have arrived"), "check"),
    # Declined, never sent, or asked for no more since the need is over: each time nothing is paid, nor to be paid.
    "bounty_gift.failed": (
        _(
            "You paid nothing for the bounty of “%(topic)s”, and nothing is asked of you: please don't send it now"
        ),
        "cross",
    ),
    "bounty_gift.returned": (
        _("Your %(amount)s for the bounty of “%(topic)s” are on their way back to you"),
        "check",
    ),
    "bounty_gift.lost": (_("Your bank has taken back the %(amount)s for the bounty of “%(topic)s”"), "cross"),
}
TO_TEAM = {
    "data_offer.made": (_("Somebody offers data for “%(topic)s”"), "info"),
    "data_offer.withdrawn": (_("An offer for “%(topic)s” was taken back"), "info"),
    "data_need.delivered": (_("The data for “%(topic)s” is here: please check and answer"), "clock"),
    "data_need.withdrawn_team": (_("“%(topic)s”, a need of your project, was withdrawn"), "cross"),
    "data_need.lapsed_team": (_("“%(topic)s”, a need of your project, ended without data"), "cross"),
    "data_need.taken_down": (
        _(
            "A data steward has taken down the words of “%(topic)s”, a need of your project. "
            "You may answer to the data steward"
        ),
        "cross",
    ),
}
TO_OFFERER = {
    "data_offer.awarded": (_("Your offer for “%(topic)s” was chosen: please deliver"), "check"),
    "data_offer.declined": (_("Your offer for “%(topic)s” was not chosen, or its need has ended"), "info"),
    "data_offer.taken_down": (
        _(
            "A data steward has taken down words of your offer for “%(topic)s”. "
            "You may answer to the data steward"
        ),
        "cross",
    ),
    "data_delivery.accepted": (_("What you delivered for “%(topic)s” was accepted"), "check"),
    "data_delivery.returned": (
        _("What you delivered for “%(topic)s” came back: something is missing"),
        "edit",
    ),
    "bounty_payout.planned": (
        _("The bounty for “%(topic)s” is your organisation's: see that its bank account is named"),
        "money",
    ),
    "bounty_payout.sent": (_("%(amount)s for “%(topic)s” are on their way to your organisation"), "check"),
    "bounty_payout.failed": (_("The bounty for “%(topic)s” did not arrive. Check the bank account"), "cross"),
    "bounty_payout.reversed": (_("The bounty for “%(topic)s” came back. Check the bank account"), "cross"),
}
NOBODY_ACTS = _(
    "The organisation that you have chosen for “%(topic)s” is suspended or closed: take the choice back, or wait"
)
REMINDED = _("What was delivered for “%(topic)s” waits for an answer since 30 days")

notification_types.register(
    *[NotificationType(kind, BOUNTIES, *texts) for kind, texts in {**TO_GIVERS, **TO_GIVER}.items()],
    *[NotificationType(kind, NEEDS, *texts) for kind, texts in {**TO_TEAM, **TO_OFFERER}.items()],
    NotificationType("data_need.reminded", NEEDS, REMINDED, "clock"),
    NotificationType("data_offer.nobody_acts", NEEDS, NOBODY_ACTS, "warning"),
)
