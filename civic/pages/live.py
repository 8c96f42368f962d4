"""What the blocks of one page show: read in one statement a kind, whatever the number of blocks and things."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from civic.pages import queries
from civic.pages.pictures import Photo, photos
from projects.calls.models import Call, Phase
from projects.calls.queries import running_phases
from projects.proposals.models import Project
from projects.proposals.queries.listing import STAGE_STATES, cards

MOST_CALLS = 12


@dataclass(frozen=True)
class Running:
    """A call in a phase, with the whole days that are left of it (0: it ends within a day)."""

    call: Call
    phase: Phase
    days: int


class Live:
    """Reads, when first asked, for all blocks of a page together."""

    def __init__(self, streams: Iterable[Any], at: datetime) -> None:
        self.at = at
        self.values = [(block.block_type, block.value) for stream in streams for block in stream]

    def of(self, *kinds: str) -> list[Any]:
        """The values of the page's blocks of these kinds."""
        return [value for kind, value in self.values if kind in kinds]

    @cached_property
    def figures(self) -> list[dict[str, Any]]:
        """The rolled-up numbers with their definitions; none before the first count."""
        return queries.figures()

    @cached_property
    def calls(self) -> list[Running]:
        """The running phases of open calls, the one that ends first on top."""
        phases = running_phases(self.at)[:MOST_CALLS]
        return [
            Running(phase.call, phase, (phase.ends_at - self.at) // timedelta(days=1)) for phase in phases
        ]

    def projects(self, value: Any) -> list[Project]:
        """The projects of one block, in its order; those that are no longer public are left out."""
        if value["picked"]:
            found = {project.pk: project for project in self._projects}
            return [found[chosen.pk] for chosen in value["picked"] if chosen and chosen.pk in found]
        fitting = [
            project
            for project in self._projects
            if (not value["call"] or project.call_id == value["call"].pk)
            and (not value["theme"] or project.theme == value["theme"])
            and (not value["stage"] or project.state in STAGE_STATES[value["stage"]])
        ]
        newest = value["order"] == "newest"

        def rank(project: Any) -> Any:
            return (project.opened_at if newest else project.supporters or 0, project.pk)

        return sorted(fitting, key=rank, reverse=True)[: value["count"]]

    @cached_property
    def _projects(self) -> list[Project]:
        """The projects of all blocks: each block's first ones are among them, so each can pick its own."""
        wanted = Q(pk__in=[])
        for value in self.of("projects"):
            keys = [chosen.pk for chosen in value["picked"] if chosen]
            wanted |= Q(pk__in=keys or _first(value).values("pk"))
        return list(cards(Project.objects.listed()).filter(wanted))

    def stories(self, value: Any) -> list[Any]:
        """The stories of one block, with their photos."""
        if value["picked"]:
            found = {story.pk: story for story in self._stories}
            return [found[chosen.pk] for chosen in value["picked"] if chosen and chosen.pk in found]
        by_day = sorted(self._stories, key=lambda story: (story.day, story.pk), reverse=True)
        return by_day[: value["count"]]

    @cached_property
    def _stories(self) -> list[Any]:
        blocks = self.of("stories")
        picked = {chosen.pk for value in blocks for chosen in value["picked"] if chosen}
        newest = max((value["count"] for value in blocks if not value["picked"]), default=0)
        return queries.stories(picked, newest)

    def photo(self, image: Any) -> Photo | None:
        """The photo of a picture that some block holds; None where it is gone."""
        return self._photos.get(image.pk) if image else None

    def photo_of_story(self, story: Any) -> Photo | None:
        """The photo of a story that some block shows."""
        return self._photos.get(story.picture_id)

    @cached_property
    def _photos(self) -> dict[int, Photo]:
        held = [value["image"].pk for value in self.of("picture", "split") if value["image"]]
        shown = [story.picture_id for story in self._stories] if self.of("stories") else []
        return photos([*held, *shown])


def _first(value: Any) -> QuerySet[Project]:
    """The first few projects that one block asks for."""
    found = Project.objects.listed()
    if value["call"]:
        found = found.filter(call_id=value["call"].pk)
    if value["theme"]:
        found = found.filter(theme=value["theme"])
    if value["stage"]:
        found = found.filter(state__in=STAGE_STATES[value["stage"]])
    order = ["-opened_at"] if value["order"] == "newest" else ["-support_count__supports"]
    return found.order_by(*order, "-pk")[: value["count"]]
