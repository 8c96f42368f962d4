"""What higher slices add to a campaign: what counts towards its goal, and what follows from its end.

Everything registered here runs inside the caller's transaction and under the campaign's lock, so that a figure and the
decision that rests on it are of one moment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from civic.core.money import Money
from civic.core.registry import Registry
from marketplace.campaigns.models import Campaign, Pledge, StandingView


@dataclass(frozen=True)
class GoalSource:
    """One kind of money beside pledges.

    `standing` is the view of what of it counts (sql/standing.sql); `promised`, `settled` and `estimated` are the
    columns of `CampaignTotal` that show its promised money, the rest that counts, and what is only estimated.
    `refresh` brings the campaign's share up to date before it is counted; `withdraw` takes back what a pledge brought
    that fell away. `succeeded` and `failed` are the campaign's ends. All are repeatable.
    Sources follow each other by `order`, the order in which they lock their rows. `preview` says what a pledge of an
    amount by somebody would bring, for the page that asks for it. `abandoned` is the end of the project after a
    success: what is promised and not paid yet is not owed any more.
    """

    slug: str
    order: int
    standing: type[StandingView]
    promised: str
    settled: str
    estimated: str = ""
    refresh: Callable[[Campaign, datetime], None] | None = None
    withdraw: Callable[[Pledge, datetime], None] | None = None
    succeeded: Callable[[Campaign, datetime], None] | None = None
    failed: Callable[[Campaign, datetime], None] | None = None
    abandoned: Callable[[Campaign, datetime], None] | None = None
    preview: Callable[[Campaign, Money, Any, datetime], Any] | None = None


sources: Registry[GoalSource] = Registry("goal source")


def refresh(campaign: Campaign, at: datetime) -> None:
    """Brings what every source gives the campaign up to date."""
    for source in sources:
        if source.refresh:
            source.refresh(campaign, at)


def withdraw(pledge: Pledge, at: datetime) -> None:
    """Takes back from every source what a pledge brought that fell away."""
    for source in sources:
        if source.withdraw:
            source.withdraw(pledge, at)


def previews(campaign: Campaign, amount: Money, actor: Any, at: datetime) -> dict[str, Any]:
    """What a pledge would bring, by the slug of the source."""
    return {source.slug: source.preview(campaign, amount, actor, at) for source in sources if source.preview}
