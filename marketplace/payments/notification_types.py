"""What finance officers are told about disputes of payments."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

DISPUTES = Category(
    96,
    "disputes",
    _("Disputed payments"),
    _("When a payer’s bank takes money back, when the city’s evidence is due, and how it ended."),
    Frequency.AT_ONCE,
    council=True,
)
STEPS = {
    "charge.disputed": (_("A bank has taken back %(amount)s of a payment for “%(topic)s”"), "cross"),
    "dispute.reminded": (
        _("Evidence in the dispute of %(amount)s for “%(topic)s” is due on %(due)s"),
        "clock",
    ),
    "charge.won": (_("The dispute of %(amount)s for “%(topic)s” is won: the money is back"), "check"),
    "charge.taken_back": (_("The bank has taken back a transfer of %(lost)s for “%(topic)s”"), "cross"),
    "charge.lost": (_("The dispute of %(amount)s for “%(topic)s” is lost: %(lost)s are gone"), "cross"),
}

notification_types.register(
    *[NotificationType(kind, DISPUTES, text, icon) for kind, (text, icon) in STEPS.items()]
)
