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
    "check": (_("You can sponsor “%(topic)s” now: accept the terms"), "check"),
    "contract": (_("%(organisation)s sponsors “%(topic)s”. The invoice follows"), "check"),
    "invoice": (_("The invoice for sponsoring “%(topic)s” is there"), "receipt"),
    "pay_part": (_("A part of your invoice for “%(topic)s” is paid"), "check"),
    "pay": (_("Your invoice for “%(topic)s” is paid. Thank you"), "check"),
    "fulfil": (_("The benefits of sponsoring “%(topic)s” are confirmed"), "check"),
    "lapse": (_("Your offer to sponsor “%(topic)s” has ended"), "cross"),
    "credit": (_("The invoice for “%(topic)s” is credited; what you paid comes back"), "cross"),
}
TO_TEAM = {
    "contract": (_("%(organisation)s sponsors “%(topic)s” with %(amount)s"), "handshake"),
    "credit": (_("%(organisation)s no longer sponsors “%(topic)s”"), "cross"),
}

notification_types.register(
    *[NotificationType(f"sponsorship.{verb}", SPONSORING, *said) for verb, said in TO_SPONSOR.items()],
    *[NotificationType(f"sponsorship.{verb}_team", SPONSORING, *said) for verb, said in TO_TEAM.items()],
)
