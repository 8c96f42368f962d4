"""Campaigns as their teams wrote them, from the draft to the end; what becomes of them decide the operations."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from civic.core.money import Money
from civic.demo import source
from civic.demo.city.cast import author_of
from civic.demo.city.money.bank import Bank
from civic.demo.city.money.diary import Diary
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import campaigns, closing
from marketplace.campaigns.operations.campaigns import Terms
from marketplace.sponsorship.operations import packages
from marketplace.sponsorship.operations.packages import Part
from projects.proposals.models import Project

END = 18
# Percent of the goal that sponsors may give, unless a text says more.
SPONSORS_MOST = 50


@dataclass
class Raising:
    """A project that raises money, with its text and, once it is written, its campaign."""

    diary: Diary
    bank: Bank
    project: Project
    text: dict[str, Any]
    drafted: Campaign | None = None

    @property
    def campaign(self) -> Campaign:
        """The campaign as it is now."""
        if self.drafted is None:
            raise ValueError(f"{self.project} has no campaign yet")
        return Campaign.objects.select_related("project").get(pk=self.drafted.pk)

    def money(self, amount: int) -> Money:
        """Whole euros of the texts."""
        return Money(source.minor(amount), self.project.currency)


def note(raising: Raising) -> None:
    """The campaign's own steps: written, opened, ended."""
    diary, text, manager = raising.diary, raising.text, raising.diary.cast.manager

    def open_it(at: datetime) -> None:
        campaigns.open_campaign(actor=manager, campaign=raising.campaign, at=at)

    def cancel(at: datetime) -> None:
        reason = text["cancelled"]["reason"]
        closing.cancel_campaign(actor=manager, campaign=raising.campaign, reason=reason, at=at)

    diary.note(text["written"], 11, partial(_write, raising))
    if "opens" in text:
        diary.note(text["opens"], 9, open_it)
    if "cancelled" in text:
        diary.note(text["cancelled"]["day"], 15, cancel)
    elif text["ends"] < 0:
        diary.note(text["ends"], END, lambda at: closing.close(campaign=raising.campaign, at=at), 1)
        if text["ends"] + 2 < 0:
            diary.note(text["ends"] + 2, 8, lambda at: closing.settle(campaign=raising.campaign, at=at))


def _write(raising: Raising, at: datetime) -> None:
    text, author, most = raising.text, author_of(raising.project), raising.text.get("most")
    terms = Terms(
        goal=raising.money(text["goal"]),
        rule=text["rule"],
        ends_at=raising.diary.cast.calendar.at(text["ends"], END),
        use=text["use"],
        pledge_min=raising.money(text["least"]),
        pledge_max=raising.money(most) if most else None,
        sponsor_share_max_bp=text.get("sponsors_most", SPONSORS_MOST) * 100,
        stretch=[(raising.money(one["amount"]), one["use"]) for one in text.get("stretch", [])],
    )
    raising.drafted = campaigns.draft_campaign(actor=author, project=raising.project, terms=terms, at=at)
    parts = [
        Part(one["title"], one["benefits"], source.minor(one["amount"]), one.get("places"))
        for one in text.get("packages", [])
    ]
    packages.declare(actor=author, campaign=raising.drafted, parts=parts, at=at)
