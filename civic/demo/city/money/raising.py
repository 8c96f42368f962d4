"""Campaigns as their teams wrote them, from the draft to the end; what becomes of them decide the operations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from civic.accounts.models import Person
from civic.core.money import Money
from civic.demo.city.money.bank import Bank
from civic.demo.city.money.diary import Diary
from civic.demo.city.programme import MANAGER, euros
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

    @property
    def author(self) -> Person:
        """Who acts for the team."""
        if self.project.author is None:
            raise ValueError(f"{self.project} has no author")
        return self.project.author

    def money(self, amount: int) -> Money:
        """Whole euros of the texts."""
        return Money(euros(amount), self.project.currency)


def note(raising: Raising) -> None:
    """The campaign's own steps: written, opened, ended."""
    diary, text = raising.diary, raising.text
    manager = diary.person(MANAGER)
    diary.note(text["written"], 11, lambda at: _write(raising, at))
    if "opens" in text:
        diary.note(
            text["opens"],
            9,
            lambda at: campaigns.open_campaign(actor=manager, campaign=raising.campaign, at=at),
        )
    if end := text.get("cancelled"):
        reason = end["reason"]
        diary.note(
            end["day"],
            15,
            lambda at: campaigns.cancel_campaign(
                actor=manager, campaign=raising.campaign, reason=reason, at=at
            ),
        )
    elif text["ends"] < 0:
        diary.note(text["ends"], END, lambda at: closing.close(campaign=raising.campaign, at=at), 1)
        if text["ends"] + 2 < 0:
            diary.note(text["ends"] + 2, 8, lambda at: closing.settle(campaign=raising.campaign, at=at))


def _write(raising: Raising, at: datetime) -> None:
    text = raising.text
    raising.drafted = campaigns.draft_campaign(
        actor=raising.author, project=raising.project, terms=_terms(raising), at=at
    )
    parts = [
        Part(one["title"], one["benefits"], euros(one["amount"]), one.get("places"))
        for one in text.get("packages", [])
    ]
    packages.declare(actor=raising.author, campaign=raising.drafted, parts=parts, at=at)


def _terms(raising: Raising) -> Terms:
    text, most = raising.text, raising.text.get("most")
    return Terms(
        goal=raising.money(text["goal"]),
        rule=text["rule"],
        ends_at=raising.diary.cast.calendar.at(text["ends"], END),
        use=text["use"],
        pledge_min=raising.money(text["least"]),
        pledge_max=raising.money(most) if most else None,
        sponsor_share_max_bp=text.get("sponsors_most", SPONSORS_MOST) * 100,
        stretch=[(raising.money(one["amount"]), one["use"]) for one in text.get("stretch", [])],
    )
