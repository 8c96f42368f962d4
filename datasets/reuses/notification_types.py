"""What people are told about reuses: the category and the sentences."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

REUSES = Category(
    46,
    "reuses",
    _("What is built with data"),
    _("What became of something that you proposed, and what is built with your data."),
    Frequency.AT_ONCE,
)

TO_PROPOSER = {
    "approved": (_("“%(topic)s” is shown beside the data that it uses"), "check"),
    "declined": (_("“%(topic)s” is not shown beside the data that it uses"), "info"),
    "taken_down": (_("“%(topic)s” was taken down by the city"), "warning"),
    "restored": (_("“%(topic)s” is shown again"), "check"),
}
TO_STEWARD = "reuse.proposed"
TO_PUBLISHER = "reuse.of_yours"

notification_types.register(
    *[NotificationType(f"reuse.{step}", REUSES, text, icon) for step, (text, icon) in TO_PROPOSER.items()],
    NotificationType(TO_STEWARD, REUSES, _("Somebody has built “%(topic)s” with data: look at it"), "info"),
    NotificationType(TO_PUBLISHER, REUSES, _("“%(topic)s” was built with data of yours"), "info"),
)
