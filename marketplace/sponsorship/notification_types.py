"""What people are told about sponsorships: the category and the sentences."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

SPONSORING = Category(
    17,
    "sponsoring",
    _("Sponsorships"),
    _("Steps of what your organisation sponsors, and sponsors of your projects."),
    Frequency.AT_ONCE,
)

TO_SPONSOR = {
    "checked": (_("You can sponsor “%(topic)s” now: accept the terms"), "check"),
    "contracted": (_("%(organisation)s sponsors “%(topic)s”. The invoice follows"), "check"),
    "invoiced": (_("The invoice for sponsoring “%(topic)s” is there"), "receipt"),
    "partly_paid": (_("A part of your invoice for “%(topic)s” is paid"), "check"),
    "paid": (_("Your invoice for “%(topic)s” is paid. Thank you"), "check"),
    "lost": (_("Your bank took back your payment for “%(topic)s”: please pay the invoice again"), "cross"),
    "partly_lost": (
        _("Your bank took back a part of your payment for “%(topic)s”: please pay that again"),
        "cross",
    ),
    "fulfilled": (_("The benefits of sponsoring “%(topic)s” are confirmed"), "check"),
    "lapsed": (_("Your offer to sponsor “%(topic)s” has ended"), "cross"),
    "credited": (
        _("The invoice for “%(topic)s” is credited; what is left of your payments comes back"),
        "cross",
    ),
}
TO_TEAM = {
    "contracted": (_("%(organisation)s sponsors “%(topic)s” with %(amount)s"), "handshake"),
    "lost": (_("The payment of %(organisation)s for “%(topic)s” was taken back by its bank"), "cross"),
    "partly_lost": (
        _("A part of what %(organisation)s paid for “%(topic)s” was taken back by its bank"),
        "cross",
    ),
    "credited": (_("%(organisation)s no longer sponsors “%(topic)s”"), "cross"),
}
# Of a payment of a sponsor: its bank looks into it, and has left it. That it was taken back is a step, above.
OF_PAYMENT = {
    "disputed": (
        _(
            "The bank of %(organisation)s looks into %(amount)s that it paid for “%(topic)s”. Until it has decided, "
            "they do not count"
        ),
        "clock",
    ),
    "won": (
        _(
            "The bank of %(organisation)s has decided: it leaves the %(amount)s that it looked into, for “%(topic)s”"
        ),
        "check",
    ),
}
# To who acts for the sponsor: what came back twice, by a credit note and by its bank.
OF_CLAIM = {
    "claimed": (
        _(
            "%(amount)s of what %(organisation)s paid for “%(topic)s” came back twice: from us, and by its bank. "
            "Please pay them back"
        ),
        "cross",
    ),
    "claim_paid": (
        _("The %(amount)s for “%(topic)s” that had come back to %(organisation)s twice have arrived"),
        "check",
    ),
    "claim_set_off": (
        _(
            "%(organisation)s need not pay back %(amount)s for “%(topic)s” any more: the bank has returned our refund "
            "to us"
        ),
        "check",
    ),
    "claim_written_off": (
        _(
            "%(organisation)s need not pay back %(amount)s for “%(topic)s” any more: the city has given them up"
        ),
        "check",
    ),
}

notification_types.register(
    *[
        NotificationType(f"sponsorship.{step}", SPONSORING, *texts)
        for step, texts in (TO_SPONSOR | OF_CLAIM).items()
    ],
    *[
        NotificationType(f"sponsorship.{step}_team", SPONSORING, *texts)
        for step, texts in (TO_TEAM | OF_PAYMENT).items()
    ],
)
