"""What people are told about help: the category and the sentences."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

HELP = Category(
    35,
    "contributions",
    _("Help you offer or are offered"),
    _("Offers to your projects, and what became of yours."),
    Frequency.AT_ONCE,
)

TO_TEAM = {
    "offered": (_("%(actor)s offers help to “%(topic)s”"), "handshake"),
    "withdrawn": (_("%(actor)s took an offer of help to “%(topic)s” back"), "info"),
    "delivered": (_("%(actor)s says that their help to “%(topic)s” is given: please confirm"), "check"),
}
TO_GIVER = {
    "accepted": (_("Your help to “%(topic)s” is welcome: it was accepted"), "check"),
    "declined": (_("Your offer to “%(topic)s” was declined"), "info"),
    "verified": (_("Your help to “%(topic)s” is confirmed. Thank you!"), "check"),
    "sent_back": (_("Something of your help to “%(topic)s” is still missing"), "edit"),
}

notification_types.register(
    *[
        NotificationType(f"contribution.{step}", HELP, text, icon)
        for step, (text, icon) in {**TO_TEAM, **TO_GIVER}.items()
    ]
)
