"""Types of notifications, in categories that people switch.

Higher slices register theirs in `notification_types.py`; this slice knows none of them.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core import icons
from civic.core.errors import Text
from civic.core.registry import Registry


class Frequency(TextChoices):
    """How soon a notification goes out by email."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


@dataclass(frozen=True, order=True)
class Category:
    """Notifications that a person switches together: “Replies to you”.

    `mandatory` ones are owed by law and always come, at once; what is for the `council` only council staff are offered.
    """

    order: int
    slug: str
    label: Text
    hint: Text = ""
    frequency: Frequency = Frequency.DAILY
    mandatory: bool = False
    council: bool = False


@dataclass(frozen=True)
class NotificationType:
    """One kind of message. `text` has named places: %(actor)s, %(topic)s, and whatever `params` brings."""

    slug: str
    category: Category
    text: Text
    icon: str = "bell"

    def say(self, actor: str, topic: str, params: dict[str, Any]) -> str:
        """The sentence for one notification."""
        return str(self.text) % {"actor": actor, "topic": topic, **params}


notification_types: Registry[NotificationType] = Registry(
    "notification type", check=lambda one: icons.check(one.icon)
)


def categories() -> list[Category]:
    """All categories in the order of the settings page."""
    found = {one.category for one in notification_types}
    return sorted(found, key=lambda category: (category.order, category.slug))


def category(slug: str) -> Category | None:
    """The category with this slug, if there is one."""
    return next((category for category in categories() if category.slug == slug), None)
