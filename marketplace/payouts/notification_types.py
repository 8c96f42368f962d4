"""What people are told about bank details and payouts of their organisations."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

ACCOUNTS = Category(
    18,
    "bank-details",
    _("Bank accounts of your organisations"),
    _("When somebody changes where money goes."),
    Frequency.AT_ONCE,
    mandatory=True,
)
PAYOUTS = Category(
    19,
    "payouts",
    _("Payouts to your organisations"),
    _("What is paid out for milestones, and what holds it up."),
    Frequency.AT_ONCE,
)
TO_OWNERS = {
    "planned": (
        _("%(amount)s for a milestone of “%(topic)s” are planned. They can leave from %(from)s on"),
        "clock",
    ),
    "sent": (_("%(amount)s for “%(topic)s” are on their way to your organisation"), "check"),
    "settled": (_("%(amount)s for “%(topic)s” have been paid to your organisation"), "check"),
    "failed": (_("A payout of %(amount)s for “%(topic)s” did not arrive. Check the bank account"), "cross"),
    "reversed": (_("A payout of %(amount)s for “%(topic)s” came back. Check the bank account"), "cross"),
}

CHANGED = _("The bank account of “%(topic)s” was changed. Was it not one of you? Write to the city at once")

LEFT = {
    "return.confirmed": _("What “%(topic)s” had left, %(amount)s, has gone back to those who gave it"),
    "return.funder": _("%(amount)s come back to “%(fund)s”: “%(topic)s” has ended"),
}

notification_types.register(
    *[NotificationType(kind, PAYOUTS, text, "info") for kind, text in LEFT.items()],
    NotificationType("bank_details.entered", ACCOUNTS, CHANGED, "info"),
    *[NotificationType(f"payout.{step}", PAYOUTS, *texts) for step, texts in TO_OWNERS.items()],
)
