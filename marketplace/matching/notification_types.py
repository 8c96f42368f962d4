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
}
TO_CHALLENGER = {
    "challenge.upheld": (_("Your challenge of “%(topic)s” was right: its input is published anew"), "check"),
    "challenge.rejected": (_("Your challenge of “%(topic)s” was answered"), "info"),
}

notification_types.register(
    *[NotificationType(kind, FUNDS, *texts) for kind, texts in (TO_TEAM | TO_CHALLENGER).items()]
)
