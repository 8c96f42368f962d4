"""What people are told about their own pledges. Money is never surprising: this news always comes, at once."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

PLEDGES = Category(
    16,
    "pledges",
    _("Your pledges"),
    _("What was paid, what needs you, and what you get back."),
    Frequency.AT_ONCE,
    mandatory=True,
)

TO_BACKER = {
    "activated": (
        _("Your pledge to “%(topic)s” counts. You pay only if the campaign reaches its goal"),
        "check",
    ),
    "succeeded": (_("Your payment of %(amount)s for “%(topic)s” has arrived"), "check"),
    "payer_asked": (
        _("Your pledge of %(amount)s to “%(topic)s” needs you: the payment did not go through"),
        "clock",
    ),
    "reminded": (_("Your pledge of %(amount)s to “%(topic)s” still needs you: pay by %(until)s"), "clock"),
    "dropped": (_("Your pledge to “%(topic)s” has ended: it was not paid in time"), "cross"),
    "cancelled": (_("Your pledge to “%(topic)s” is cancelled"), "cross"),
    "campaign_failed": (
        _("“%(topic)s” did not come together. You pay nothing; what you paid comes back"),
        "cross",
    ),
    "fallen_behind": (_("A monthly payment of %(amount)s for “%(topic)s” did not go through"), "clock"),
    "ended": (_("Your monthly payments for “%(topic)s” have ended"), "check"),
}
# Of a pledge that was paid and is dropped since nothing is left of that; what the bank took back says so itself.
FELL_AWAY = {
    "dropped_returned": (
        _("Your pledge to “%(topic)s” has ended: what you paid for it goes back to you"),
        "cross",
    ),
    "dropped_lost": (
        _("Your pledge to “%(topic)s” has ended: your bank has taken back what you paid for it"),
        "cross",
    ),
}
# Of a payment of theirs, the first or that of a month.
OF_PAYMENT = {
    "refunded": (_("%(amount)s for “%(topic)s” are on their way back to you"), "check"),
    "refund_returned": (
        _(
            "We could not give %(amount)s for “%(topic)s” back to you the way you paid. They are kept for you: please "
            "tell the city’s finance office to which account they can go"
        ),
        "cross",
    ),
    "refund_covered": (
        _(
            "%(amount)s that you paid for “%(topic)s” and that were on their way back to you will not come: your bank "
            "has taken them back for you"
        ),
        "cross",
    ),
    "refund_paid": (_("%(amount)s for “%(topic)s” have been paid back to you after all"), "check"),
    "disputed": (
        _(
            "Your bank looks into %(amount)s that you paid for “%(topic)s”. Until it has decided, they do not count"
        ),
        "clock",
    ),
    "disputed_returned": (
        _(
            "Your bank looks into %(amount)s that you paid for “%(topic)s”, and that we have given back. Please tell "
            "your bank so"
        ),
        "clock",
    ),
    "won": (
        _(
            "Your bank has decided: it leaves the %(amount)s that you paid for “%(topic)s”, and that it looked into"
        ),
        "check",
    ),
    "lost": (
        _("After a dispute your bank has taken back %(amount)s of what you paid for “%(topic)s”"),
        "cross",
    ),
    "taken_back": (
        _("The bank has taken back %(amount)s that you had transferred for “%(topic)s”"),
        "cross",
    ),
    "claimed": (
        _(
            "%(amount)s of what you paid for “%(topic)s” came back to you twice: from us, and by your bank. "
            "Please pay them back"
        ),
        "cross",
    ),
    "claim_paid": (
        _(
            "The %(amount)s for “%(topic)s” that had come back to you twice have arrived. Thank you: that is settled"
        ),
        "check",
    ),
    "claim_set_off": (
        _(
            "You need not pay back %(amount)s for “%(topic)s” any more: the bank has returned our refund to us, so "
            "they came back to you once only"
        ),
        "check",
    ),
    "claim_written_off": (
        _("You need not pay back %(amount)s for “%(topic)s” any more: the city has given them up"),
        "check",
    ),
}

notification_types.register(
    *[
        NotificationType(f"pledge.{step}", PLEDGES, *texts)
        for step, texts in (TO_BACKER | FELL_AWAY | OF_PAYMENT).items()
    ]
)
