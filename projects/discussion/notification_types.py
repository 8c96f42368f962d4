"""What people are told about projects, discussions and moderation: the categories and the sentences."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.types import Category, Frequency, NotificationType, notification_types

OWN = Category(
    10,
    "own-projects",
    _("Your projects"),
    _("Review, ballot and result of what you proposed."),
    Frequency.AT_ONCE,
)
OWN_COMMENTS = Category(20, "own-comments", _("Comments on your projects"))
REPLIES = Category(30, "replies", _("Replies to your comments"))
FOLLOWED = Category(
    40,
    "followed-projects",
    _("Projects you follow or support"),
    _("When a project reaches a new stage or changes."),
)
FOLLOWED_COMMENTS = Category(
    50,
    "followed-comments",
    _("Discussions you follow"),
    _("At most one for each project until you look."),
    Frequency.WEEKLY,
)
CALLS = Category(
    60, "calls", _("Calls with your projects"), _("When voting opens, and when a call is decided.")
)
MODERATION = Category(
    90,
    "moderation",
    _("Decisions of moderators"),
    _("About what you wrote and what you reported, with the reasons."),
    Frequency.AT_ONCE,
    mandatory=True,
)

# How a step of a project reads to its team, and to those who follow it.
STEPS_FOR_TEAM = {
    "returned": (_("“%(topic)s” needs a few changes before it can open"), "edit"),
    "rejected": (_("“%(topic)s” was not accepted"), "cross"),
    "opened": (_("“%(topic)s” is open: everybody can see and support it"), "check"),
    "shortlisted": (_("“%(topic)s” is on the ballot"), "vote"),
    "won": (_("“%(topic)s” was chosen in the vote"), "check"),
    "lost": (_("“%(topic)s” was not chosen in the vote"), "info"),
    "campaign_opened": (_("The campaign of “%(topic)s” is open: people can pledge"), "info"),
    "funded": (_("“%(topic)s” has its money together"), "check"),
    "goal_missed": (_("“%(topic)s” missed its funding goal: everybody gets their money back"), "info"),
    "delivery_started": (_("Work on “%(topic)s” can begin"), "clock"),
    "completed": (_("“%(topic)s” is completed: the city has accepted everything"), "check"),
    "failed": (_("The city has given “%(topic)s” up"), "cross"),
    "cancelled": (_("“%(topic)s” was cancelled"), "cross"),
}
STEPS_FOR_FOLLOWERS = {
    "shortlisted": (_("“%(topic)s”, which you follow, is on the ballot"), "vote"),
    "won": (_("“%(topic)s”, which you follow, was chosen in the vote"), "check"),
    "lost": (_("“%(topic)s”, which you follow, was not chosen in the vote"), "info"),
    "campaign_opened": (_("“%(topic)s”, which you follow, is raising money now"), "info"),
    "funded": (_("“%(topic)s”, which you follow, has its money together"), "check"),
    "goal_missed": (_("“%(topic)s”, which you follow, missed its funding goal"), "info"),
    "delivery_started": (_("Work on “%(topic)s” has begun"), "clock"),
    "milestone_reached": (_("“%(topic)s” has reached a milestone"), "check"),
    "update_posted": (_("There is news from “%(topic)s”"), "comment"),
    "completed": (_("“%(topic)s” is completed"), "check"),
    "failed": (_("“%(topic)s”, which you follow, was given up"), "cross"),
    "cancelled": (_("“%(topic)s”, which you follow, was cancelled"), "cross"),
    "terms_changed": (
        _("The cost or the goals of “%(topic)s” have changed: see what, and whether you still want it"),
        "edit",
    ),
    "revised": (_("“%(topic)s” has changed since you supported or followed it"), "edit"),
}
# What the people concerned in a case of moderation are told.
DECISIONS = {
    "report.received": _("We have your report about “%(topic)s”"),
    "report.decided": _("We have decided about what you reported in “%(topic)s”"),
    "moderation.hidden": _("A moderator has hidden something of yours in “%(topic)s”"),
    "moderation.edited": _("A moderator has changed something of yours in “%(topic)s”"),
    "appeal.upheld": _("Your appeal about “%(topic)s”: the decision stands"),
    "appeal.overturned": _("Your appeal about “%(topic)s” succeeded"),
}

notification_types.register(
    NotificationType(
        "comment.reply", REPLIES, _("%(actor)s replied to your comment on “%(topic)s”"), "comment"
    ),
    NotificationType(
        "comment.own", OWN_COMMENTS, _("%(actor)s commented on your project “%(topic)s”"), "comment"
    ),
    NotificationType(
        "comment.followed", FOLLOWED_COMMENTS, _("There are new comments on “%(topic)s”"), "comment"
    ),
    *[NotificationType(f"project.{step}", OWN, text, icon) for step, (text, icon) in STEPS_FOR_TEAM.items()],
    *[
        NotificationType(f"followed.{step}", FOLLOWED, text, icon)
        for step, (text, icon) in STEPS_FOR_FOLLOWERS.items()
    ],
    NotificationType("call.voting", CALLS, _("Voting is open in “%(topic)s”"), "vote"),
    NotificationType(
        "call.decided", CALLS, _("“%(topic)s” is decided: see what was chosen and why"), "check"
    ),
    *[NotificationType(kind, MODERATION, text, "flag") for kind, text in DECISIONS.items()],
)
