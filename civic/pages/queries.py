"""What pages show of the rolled-up numbers and of stories."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from civic.core.money import Money
from civic.pages.models import Numbers, StoryIndexPage, StoryPage

NUMBERS_KEY = "pages:numbers"
NUMBERS_KEPT_SECONDS = 60
STORIES_A_PAGE = 12


def numbers() -> Numbers | None:
    """The last count; None where nothing was counted yet."""
    kept: Numbers | None = cache.get(NUMBERS_KEY)
    if kept is None:
        kept = Numbers.objects.first()
        if kept is not None:
            cache.set(NUMBERS_KEY, kept, NUMBERS_KEPT_SECONDS)
    return kept


def figures() -> list[dict[str, Any]]:
    """The numbers as pages show them: what, how much, and what exactly is counted."""
    counted = numbers()
    if counted is None:
        return []
    money = Money(counted.money_minor, counted.currency)
    shown = {"projects": counted.projects, "people": counted.people, "comments": counted.comments}
    figures = [_figure(counted, name, number=number) for name, number in shown.items()]
    figures.insert(2, _figure(counted, "money_minor", money=money))
    return figures


def _figure(counted: Numbers, name: str, **amount: Any) -> dict[str, Any]:
    field: Any = Numbers._meta.get_field(name)
    return {
        "name": name,
        "label": field.verbose_name,
        "meaning": field.help_text,
        "at": counted.counted_at,
    } | amount


def stories(picked: Collection[int], newest: int) -> list[StoryPage]:
    """These stories and the newest few, in one statement; only what is published."""
    live = StoryPage.objects.live().defer_streamfields()
    latest = StoryPage.objects.live().order_by("-day", "-pk")[:newest]
    return list(live.filter(Q(pk__in=picked) | Q(pk__in=latest.values("pk"))))


def stories_before(index: StoryIndexPage, day: date | None) -> tuple[list[StoryPage], date | None]:
    """A page of stories, the newest first, from before that day; with the day to go on from, if there are more.

    All stories of the last day are on the page, so that the day is enough of a cursor.
    """
    found = index.stories().filter(**({"day__lt": day} if day else {}))
    last = found.values("day")[STORIES_A_PAGE - 1 : STORIES_A_PAGE]
    stories = list(found.filter(day__gte=Coalesce(Subquery(last), date.min)))
    return stories, stories[-1].day if len(stories) >= STORIES_A_PAGE else None
