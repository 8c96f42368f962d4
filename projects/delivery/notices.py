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

TO_TEAM = {
    "accept": (_("A milestone of “%(topic)s” is accepted"), "check"),
    "return": (_("A milestone of “%(topic)s” came back: something is missing"), "edit"),
}


def fill() -> None:
    """Registers every kind of news of this slice; from `AppConfig.ready()`."""
    register(*[Kind(f"milestone.{verb}", DELIVERY, text, icon) for verb, (text, icon) in TO_TEAM.items()])
