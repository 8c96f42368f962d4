"""What people are told about milestones: the category and the sentences."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

DELIVERY = Category(
    15,
    "delivery",
    _("Milestones of your projects"),
    _("What the city accepted or returned, and why."),
    Frequency.AT_ONCE,
)

TO_ACCEPT = Category(
    95,
    "to-accept",
    _("Milestones to accept"),
    _("What projects of the calls that you run have handed in."),
    Frequency.DAILY,
    council=True,
)

TO_TEAM = {
    "accepted": (_("A milestone of “%(topic)s” is accepted"), "check"),
    "returned": (_("A milestone of “%(topic)s” came back: something is missing"), "edit"),
}

notification_types.register(
    *[NotificationType(f"milestone.{step}", DELIVERY, text, icon) for step, (text, icon) in TO_TEAM.items()],
    NotificationType(
        "milestone.submitted", TO_ACCEPT, _("“%(topic)s” has handed in a milestone: look at it"), "clipboard"
    ),
)
