"""What people are told about match funds."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

FUNDS = Category(
    42,
    "match-funds",
    _("Match funds"),
    _("What the city adds to the campaigns of your projects, and answers to your challenges."),
    Frequency.AT_ONCE,
)

TO_TEAM = {
    "allocation.enrolled": (_("“%(topic)s” takes part in the match fund “%(fund)s”"), "check"),
    "allocation.unlocked": (_("Enough people back “%(topic)s”: “%(fund)s” adds %(amount)s"), "check"),
    "allocation.shared": (_("“%(fund)s” was shared out: %(amount)s for “%(topic)s”"), "info"),
    "allocation.released": (_("“%(fund)s” has ended and adds nothing to “%(topic)s”"), "info"),
    "allocation.reduced": (
        _("“%(fund)s” takes %(amount)s back from “%(topic)s”: gifts that it was for do not stand any more"),
        "warning",
    ),
}
TO_BACKER = {
    "match.withdrawn": (
        _("“%(fund)s” does not match your gift to “%(topic)s” any more; your gift stands"),
        "info",
    ),
    "match.left_out": (
        _("“%(fund)s” was shared out without your gift to “%(topic)s”; your gift stands"),
        "info",
    ),
}
TO_FUNDER = {
    "fund_return.sent": (_("%(amount)s of “%(topic)s” are on their way back to you"), "money"),
    "fund_return.settled": (_("%(amount)s of “%(topic)s” have come back to you"), "check"),
    "fund_return.failed": (_("%(amount)s of “%(topic)s” could not be paid back to you"), "warning"),
}
TO_CHALLENGER = {
    "challenge.upheld": (_("Your challenge of “%(topic)s” was right: its input is published anew"), "check"),
    "challenge.rejected": (_("Your challenge of “%(topic)s” was answered"), "info"),
}

notification_types.register(
    *[
        NotificationType(kind, FUNDS, *texts)
        for kind, texts in (TO_TEAM | TO_CHALLENGER | TO_BACKER | TO_FUNDER).items()
    ]
)
