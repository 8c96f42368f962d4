"""What people are told about shared data: the category and the sentences."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

SHARED = Category(
    19,
    "shared-data",
    _("Shared data"),
    _("What you shared, what is made of it, and copies that have to be deleted."),
    Frequency.AT_ONCE,
)

# Also of one's own deeds: whoever has an open session does nothing of this unseen.
OWN = Category(
    20,
    "own-consents",
    _("Your consents"),
    _("What you consented to, withdrew and deleted, and that figures with your answers were published."),
    Frequency.AT_ONCE,
    mandatory=True,
)

TO_PUBLISHER = {
    "published": (_("A release for “%(topic)s” is published"), "check"),
    "renewed": (_("The release for “%(topic)s” can be read again"), "check"),
    "suspended": (_("Somebody has withdrawn: the release for “%(topic)s” rests"), "warning"),
    "dropped": (_("A release for “%(topic)s” was dropped"), "info"),
}

notification_types.register(
    *[NotificationType(f"release.{step}", SHARED, text, icon) for step, (text, icon) in TO_PUBLISHER.items()],
    NotificationType("consent.given", OWN, _("You have consented to “%(topic)s”"), "check"),
    NotificationType("consent.withdrawn", OWN, _("Your consent to “%(topic)s” is withdrawn"), "info"),
    NotificationType("submission.erased", OWN, _("Your answers to “%(topic)s” are deleted"), "info"),
    NotificationType(
        "consent.counted", OWN, _("Figures with your answers are published: “%(topic)s”"), "info"
    ),
    NotificationType(
        "consent.taken_down",
        OWN,
        _("The city has taken down “%(topic)s”, where you have shared data: nothing of it is read any more"),
        "warning",
    ),
    NotificationType(
        "consent.publisher_closed",
        OWN,
        _(
            "The publisher of “%(topic)s”, where you have shared data, has ended its work: nothing of it is read"
        ),
        "info",
    ),
    NotificationType(
        "consent.dataset_withdrawn",
        OWN,
        _("“%(topic)s”, to which you have consented, is withdrawn: nothing of it is read"),
        "info",
    ),
    NotificationType(
        "consent.dataset_restored",
        OWN,
        _("“%(topic)s”, to which you have consented, can be read again"),
        "info",
    ),
    NotificationType("collection.removed", SHARED, _("The city has taken down “%(topic)s”"), "warning"),
    NotificationType(
        "deletion.asked",
        SHARED,
        _("Please delete your copies of “%(topic)s”: somebody has withdrawn"),
        "warning",
    ),
    NotificationType(
        "deletion.answered", SHARED, _("A reader of “%(topic)s” has said what became of their copies"), "info"
    ),
    NotificationType(
        "rights_request.sent",
        SHARED,
        _("Somebody asks about their data in “%(topic)s”: please answer"),
        "info",
    ),
    NotificationType(
        "rights_request.withdrawn", SHARED, _("A request about “%(topic)s” was taken back"), "info"
    ),
    NotificationType(
        "consent.steward_answers",
        OWN,
        _("Nobody acts for the publisher of “%(topic)s”: the city's data steward answers what you asked"),
        "info",
    ),
    NotificationType("rights_request.fulfilled", SHARED, _("What you asked of “%(topic)s” is done"), "check"),
    NotificationType(
        "rights_request.refused", SHARED, _("What you asked of “%(topic)s” was refused"), "warning"
    ),
    NotificationType(
        "notice.published",
        SHARED,
        _("“%(topic)s” has new words: your consent to the old ones is not used any more"),
        "info",
    ),
)
