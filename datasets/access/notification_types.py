"""What people are told about access to data: the category and the sentences."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

ACCESS = Category(
    18,
    "data-access",
    _("Access to data"),
    _("Requests for your data, and what became of yours."),
    Frequency.AT_ONCE,
)

REQUEST_TO_PUBLISHER = {
    "submitted": (_("Somebody asks for “%(topic)s”: please decide"), "info"),
    "withdrawn": (_("A request for “%(topic)s” was taken back"), "info"),
}
REQUEST_TO_ASKER = {
    "returned": (_("The publisher of “%(topic)s” asks something back"), "edit"),
    "approved": (_("You can read “%(topic)s” now: your request was approved"), "check"),
    "rejected": (_("Your request for “%(topic)s” was rejected"), "warning"),
}
# Both sides hear of each end and pause of a grant; whoever did it is not told of their own deed.
GRANT_TO_BOTH = {
    "suspended": (_("Access to “%(topic)s” was suspended"), "warning"),
    "held": (_("Access to “%(topic)s” was suspended by the other side, too"), "warning"),
    "released": (_("A suspension of access to “%(topic)s” was taken back"), "info"),
    "resumed": (_("“%(topic)s” can be read again"), "check"),
    "revoked": (_("Access to “%(topic)s” was revoked"), "warning"),
    "ended": (_("Access to “%(topic)s” was ended"), "info"),
    "expired": (_("The time of an access to “%(topic)s” is over"), "time"),
}

notification_types.register(
    *[
        NotificationType(f"access_request.{step}", ACCESS, text, icon)
        for step, (text, icon) in {**REQUEST_TO_PUBLISHER, **REQUEST_TO_ASKER}.items()
    ],
    *[NotificationType(f"grant.{step}", ACCESS, text, icon) for step, (text, icon) in GRANT_TO_BOTH.items()],
)
