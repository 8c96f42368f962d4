"""What people can be told of: streams that they switch, and the kinds of news in them.

Higher slices fill both in `AppConfig.ready()`; this slice knows none of them.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Rhythm(TextChoices):
    """How soon something is told by email."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


@dataclass(frozen=True, order=True)
class Stream:
    """News that a person switches together: “Replies to you”.

    `by_law` news always comes, at once; what is for the `council` only council staff are offered.
    """

    order: int
    slug: str
    label: str | Promise
    hint: str | Promise = ""
    rhythm: Rhythm = Rhythm.DAILY
    by_law: bool = False
    council: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of news. `text` has named places: %(actor)s, %(topic)s, and whatever `params` brings."""

    slug: str
    stream: Stream
    text: str | Promise
    icon: str = "bell"

    def say(self, actor: str, topic: str, params: dict[str, Any]) -> str:
        """The sentence for one notification."""
        return str(self.text) % {"actor": actor, "topic": topic, **params}


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Adds kinds of news; a second one with the same slug is a programming error."""
    for kind in kinds:
        if kind.slug in _kinds:
            raise ValueError(f"there is a kind {kind.slug!r} already")
        _kinds[kind.slug] = kind


def kind(slug: str) -> Kind:
    """The kind with this slug; KeyError where no slice has registered it."""
    return _kinds[slug]


def known(slug: str) -> Kind | None:
    """The kind, or None for a row whose slice is no longer installed."""
    return _kinds.get(slug)


def streams() -> list[Stream]:
    """All streams in the order of the settings page."""
    return sorted({kind.stream for kind in _kinds.values()}, key=lambda stream: (stream.order, stream.slug))


def stream(slug: str) -> Stream | None:
    """The stream with this slug, if there is one."""
    return next((stream for stream in streams() if stream.slug == slug), None)
