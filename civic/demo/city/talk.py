"""Who says what under which project and when: planned for each project, then told in the order of time."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from civic.accounts.models import Person
from civic.core import ids
from civic.demo.city.cast import Cast
from civic.demo.city.moderation import report
from projects.discussion.models import Comment
from projects.discussion.operations.comments import post_comment
from projects.proposals.models import Project


@dataclass
class Remark:
    """One comment before it is posted; `opening` is the remark that began its thread."""

    at: datetime
    project: Project
    speaker: Person
    text: dict[str, Any]
    reporter: Person | None = None
    opening: "Remark | None" = None
    comment: Comment | None = None


@dataclass
class Conversation:
    """The discussion of one project while it is planned, and who has spoken in it."""

    cast: Cast
    project: Project
    chance: random.Random
    spoken: set[Any] = field(default_factory=set)

    def somebody(self) -> Person:
        """A neighbour of the project who has not spoken yet."""
        home = self.project.area.slug if self.project.area else ""
        street = [one for one in self.cast.neighbours.get(home, []) if one.pk not in self.spoken]
        chosen = self.chance.choice(street or self.cast.residents())
        self.spoken.add(chosen.pk)
        return chosen

    def person(self, key: str, opening: Remark | None = None) -> Person:
        """Somebody known by name, whoever opened the thread, or a neighbour."""
        if key == "opener" and opening:
            return opening.speaker
        return self.cast.people[key] if key in self.cast.people else self.somebody()

    def remark(self, text: dict[str, Any], at: datetime, opening: Remark | None = None) -> Remark:
        """What this text becomes."""
        speaker = self.person(text["by"], opening)
        reporter = self.person(text["reported"]["by"]) if "reported" in text else None
        return Remark(at, self.project, speaker, text, reporter, opening)


def plan(
    cast: Cast, project: Project, threads: list[dict[str, Any]], since: datetime, until: datetime
) -> list[Remark]:
    """All remarks of a project's discussion, spread over the time from `since` to `until`."""
    chance = cast.chance("talk", project.slug)
    told = Conversation(cast, project, chance)
    begins = sorted(since + (until - since) * chance.uniform(0.03, 0.93) for _ in threads)
    remarks = []
    for thread, at in zip(threads, begins, strict=True):
        opening = told.remark(thread, at)
        remarks.append(opening)
        for reply in thread.get("replies", []):
            at = at + min(timedelta(minutes=chance.randint(9, 900)), (until - at) / 2)
            remarks.append(told.remark(reply, at, opening))
    return remarks


def tell(cast: Cast, remarks: Iterable[Remark]) -> None:
    """Posts the remarks of all projects as time goes by; what is to be reported is reported afterwards."""
    told = sorted(remarks, key=lambda remark: remark.at)
    for remark in told:
        remark.comment = post_comment(
            actor=remark.speaker,
            project=remark.project,
            body=remark.text["text"],
            token=ids.new_id(),
            at=remark.at,
            parent=remark.opening.comment if remark.opening else None,
        )
    for remark in told:
        if remark.comment and remark.reporter:
            report(cast, remark.comment, remark.text, remark.reporter)
