"""What people are told about milestones: the stream and the sentences."""

from django.utils.translation import gettext_lazy as _

from civic.notifications.kinds import Kind, Rhythm, Stream, register

DELIVERY = Stream(
    15,
    "delivery",
    _("Milestones of your projects"),
    _("What the city accepted or returned, and why."),
    Rhythm.AT_ONCE,
)

TO_ACCEPT = Stream(
    95,
    "to-accept",
    _("Milestones to accept"),
    _("What projects of the calls that you run have handed in."),
    Rhythm.DAILY,
    council=True,
)

TO_TEAM = {
    "accept": (_("A milestone of “%(topic)s” is accepted"), "check"),
    "return": (_("A milestone of “%(topic)s” came back: something is missing"), "edit"),
}


def fill() -> None:
    """Registers every kind of news of this slice; from `AppConfig.ready()`."""
    register(
        *[Kind(f"milestone.{verb}", DELIVERY, text, icon) for verb, (text, icon) in TO_TEAM.items()],
        Kind(
            "milestone.submit", TO_ACCEPT, _("“%(topic)s” has handed in a milestone: look at it"), "clipboard"
        ),
    )
