"""What people are told about data: the category and the sentences."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

DATA = Category(
    17,
    "data",
    _("Your data"),
    _("What became of a file that you uploaded, and that a dataset of yours was withdrawn."),
    Frequency.AT_ONCE,
)

TO_SENDER = {
    "proposed": (_("We looked at a file for “%(topic)s”: answer a few questions"), "info"),
    "read": (_("Your file for “%(topic)s” was read: look at it and publish it"), "check"),
    "refused": (_("Your file for “%(topic)s” cannot be read"), "warning"),
    "expired": (_("A file for “%(topic)s” waited for a week and was deleted"), "time"),
}

FOLLOWED = Category(
    45,
    "followed-data",
    _("Data you follow"),
    _("When a dataset has a new revision or is withdrawn. At most one for each until you look."),
)
FOR_FOLLOWERS = {
    "revised": (_("“%(topic)s”, which you follow, has a new revision"), "info"),
    "withdrawn": (_("“%(topic)s”, which you follow, was withdrawn"), "warning"),
    "restored": (_("“%(topic)s”, which you follow, can be had again"), "check"),
}

notification_types.register(
    *[NotificationType(f"upload.{step}", DATA, text, icon) for step, (text, icon) in TO_SENDER.items()],
    *[
        NotificationType(f"followed_data.{step}", FOLLOWED, text, icon)
        for step, (text, icon) in FOR_FOLLOWERS.items()
    ],
    NotificationType("dataset.withdrawn", DATA, _("“%(topic)s” was withdrawn"), "warning"),
    NotificationType("dataset.restored", DATA, _("“%(topic)s” can be downloaded again"), "check"),
)
