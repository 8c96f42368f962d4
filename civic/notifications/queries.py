"""What the page and the header show."""

from uuid import UUID

from django.db.models import Subquery

from civic.accounts.models import Person
from civic.core import paging
from civic.core.paging import Page
from civic.notifications.models import Notification, Preference, effective
from civic.notifications.types import Category, categories

COUNTED = 100  # the header says “99+” beyond


def unread_count(person_id: UUID) -> int:
    """How many unread notifications the person has, counted up to 100: one statement on a partial index."""
    unread = Notification.objects.on_page_of(person_id).unread()
    return unread.order_by()[:COUNTED].count()


def page(person: Person, *, unread_only: bool, after: str = "") -> Page[Notification]:
    """A page of the person's notifications, by when it happened, newest first. Raises Invalid for a damaged cursor.

    `newest_unread` of each is the unread one that was made last: somebody may be notified late of what is long past.
    """
    mine = Notification.objects.on_page_of(person.pk)
    rows = mine.select_related("actor").annotate(
        newest_unread=Subquery(mine.unread().order_by("-id").values("id")[:1])
    )
    return paging.page(rows.unread() if unread_only else rows, after=after, size=30, by="-notified_at")


def wishes(person: Person) -> list[tuple[Category, bool, str]]:
    """Every category that concerns this person, with whether it shows on the site and how it is mailed to them."""
    kept = {preference.category: preference for preference in Preference.objects.filter(person=person)}
    concerned = [category for category in categories() if person.is_staff or not category.council]
    wanted = [(category, effective(kept.get(category.slug), category)) for category in concerned]
    return [(category, wish["on_site"], wish["frequency"]) for category, wish in wanted]
