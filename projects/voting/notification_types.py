"""What people are told about votes that they may take part in."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

BALLOTS = Category(
    55,
    "ballots",
    _("Ballots that change"),
    _("When a project is taken off a ballot while you may vote."),
    Frequency.AT_ONCE,
)

notification_types.register(
    NotificationType(
        "voting.project_cancelled",
        BALLOTS,
        _("“%(topic)s” was taken off the ballot: if you chose it, cast another one while voting runs"),
        "vote",
    )
)
