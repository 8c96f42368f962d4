"""Who writes what under which project and when: planned for each project, then posted in the order of time.

A dozen remarks are reported and wait for the moderator, some are decided with reasons, one of those is appealed.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from civic.accounts.models import Person
from civic.core import ids
from civic.demo.city.cast import Cast
from projects.discussion.models import Comment, ModerationCase
from projects.discussion.operations import moderation
from projects.discussion.operations.comments import post_comment
from projects.proposals.models import Project

# Not the moderator whom visitors can be: an appeal is for somebody else than the first decision.
MODERATOR = "ruben-asante"


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

    def person(self, key: str, opening: Remark | None) -> Person:
        """Somebody known by name, whoever opened the thread, or a neighbour who has not spoken yet."""
        if key == "opener" and opening:
            return opening.speaker
        if key in self.cast.people:
            return self.cast.people[key]
        home = self.project.area.slug if self.project.area else ""
        street = [one for one in self.cast.neighbours.get(home, []) if one.pk not in self.spoken]
        chosen = self.chance.choice(street or self.cast.residents())
        self.spoken.add(chosen.pk)
        return chosen

    def remark(self, text: dict[str, Any], at: datetime, opening: Remark | None = None) -> Remark:
        """What this text becomes."""
        speaker = self.person(text["by"], opening)
        reporter = self.person(text["reported"]["by"], None) if "reported" in text else None
        return Remark(at, self.project, speaker, text, reporter, opening)


def plan(
    cast: Cast, project: Project, threads: list[dict[str, Any]], since: datetime, until: datetime
) -> list[Remark]:
    """All remarks of a project's discussion, spread over the time from `since` to `until`."""
    chance = cast.chance("talk", project.slug)
    conversation = Conversation(cast, project, chance)
    begins = sorted(since + (until - since) * chance.uniform(0.03, 0.93) for _ in threads)
    remarks = []
    for thread, at in zip(threads, begins, strict=True):
        opening = conversation.remark(thread, at)
        remarks.append(opening)
        for reply in thread.get("replies", []):
            last = remarks[-1].at
            pause = min(timedelta(minutes=chance.randint(9, 900)), (until - last) / 2)
            remarks.append(conversation.remark(reply, last + pause, opening))
    return remarks


def post(cast: Cast, remarks: Iterable[Remark]) -> None:
    """Posts the remarks of all projects as time goes by; what is to be reported is reported afterwards."""
    in_order = sorted(remarks, key=lambda remark: remark.at)
    for remark in in_order:
        remark.comment = post_comment(
            actor=remark.speaker,
            project=remark.project,
            body=remark.text["text"],
            token=ids.new_id(),
            at=remark.at,
            parent=remark.opening.comment if remark.opening else None,
        )
    for remark in in_order:
        if remark.comment and remark.reporter:
            _report(cast, remark.comment, remark.text, remark.reporter)


def _report(cast: Cast, comment: Comment, text: dict[str, Any], reporter: Person) -> None:
    """Somebody reports the comment: lately where it is to wait, at once where it was decided."""
    at = comment.posted_at + timedelta(hours=3)
    if "decision" not in text:
        at = max(at, cast.calendar.now - timedelta(hours=cast.chance("report", text["text"]).randint(2, 110)))
    made = moderation.report(
        actor=reporter,
        thing=comment,
        category=text["reported"]["category"],
        text=text["reported"]["note"],
        at=min(at, cast.calendar.now - timedelta(minutes=20)),
    )
    if "decision" in text:
        _decide(cast, made.case, text, at + timedelta(hours=16))


def _decide(cast: Cast, case: ModerationCase, text: dict[str, Any], at: datetime) -> None:
    moderator, at = cast.people[MODERATOR], min(at, cast.calendar.now - timedelta(minutes=15))
    if text["decision"] == "kept":
        moderation.keep(actor=moderator, case=case, facts=text["statement"], at=at)
    else:
        moderation.hide(actor=moderator, case=case, category=text["category"], facts=text["statement"], at=at)
    if "appeal" in text and case.author:
        at = min(at + timedelta(hours=9), cast.calendar.now - timedelta(minutes=5))
        moderation.appeal(actor=case.author, case=case, text=text["appeal"], at=at)
