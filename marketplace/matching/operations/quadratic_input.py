"""What quadratic funds publish: what counts of each backer, under made-up names, and what has become of it since.

`gifts` are rows (campaign, backer, minor). The first `frozen` of them never change. Where one does not stand, or only
in part, its place is in `struck`, and what is left of it follows as a row behind the others. What fell away after the
fund was shared out by its first `settled` rows is in `fallen`, too (`quadratic.recompute`).
"""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.crypto import salted_hmac

from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.states import CampaignState
from marketplace.ledger import operations as ledger
from marketplace.matching import accounts, quadratic
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.queries import eligibility
from marketplace.matching.states import AllocationState, LeftOut

Document = dict[str, Any]
Row = tuple[str, str, int]
# Which pledges are behind a frozen row, each with what it was then. It is not published.
Parts = list[tuple[str, int]]
LIVE = [CampaignState.OPEN, CampaignState.COLLECTING, CampaignState.SUCCEEDED]
# What is said of gifts after the freeze.
SINCE = ("gifts", "struck", "frozen", "fallen", "settled")


class Input(NamedTuple):
    """What is published, the pledges behind each of its frozen rows, and why rows are struck, by their places.

    Why is told to their giver alone: published, it would say of people who gave openly that they are no residents.
    """

    document: Document
    parts: list[Parts]
    why: dict[int, LeftOut]


def pseudonym(fund: MatchFund, campaign: object, person: object) -> str:
    """How a backer is named in a fund's published input: another name in each campaign.

    One name for all campaigns of a fund would lead from a gift with a name to the same person's gifts without one.
    """
    made = salted_hmac(f"match-fund:{fund.pk}:{campaign}", str(person), algorithm="sha256")
    return made.hexdigest()[:12]


def compiled(fund: MatchFund, at: datetime) -> Input:
    """What the fund would publish now.

    The pool of the first freeze stays: what comes later is not shared out, and goes back to the funder.
    """
    taking_part = Allocation.objects.filter(fund=fund, state=AllocationState.ESTIMATED)
    enrolled = taking_part.filter(campaign__state__in=LIVE).select_related("campaign__project")
    campaigns = [allocation.campaign for allocation in enrolled]
    # By campaign and pseudonym: an order that says nothing of when they gave.
    rows = sorted(row for campaign in campaigns for row in _rows(fund, campaign, at))
    free = ledger.available(accounts.of_fund(fund, "available")).minor
    first = fund.published_input or {}
    document = {
        "format": quadratic.FORMAT,
        "fund": fund.slug,
        "rule": {
            "name": fund.rule,
            "version": quadratic.VERSION,
            "gift_min_minor": fund.gift_min_minor,
            "gift_cap_minor": fund.gift_cap_minor,
            "project_cap_minor": fund.project_cap_minor,
        },
        "currency": fund.currency,
        "pool_minor": min(free, first.get("pool_minor", free)),
        "frozen_at": at.isoformat(),
        "campaigns": sorted(str(campaign.pk) for campaign in campaigns),
        "gifts": [list(row) for row, _parts in rows],
    }
    return as_it_stands(fund, document, [parts for _row, parts in rows], at)


def _rows(fund: MatchFund, campaign: Campaign, at: datetime) -> list[tuple[Row, Parts]]:
    """What counts of each backer, with what is in dispute and may count again."""
    parts: dict[object, Parts] = defaultdict(list)
    for pledge, person, minor in eligibility.frozen_gifts(campaign, fund, at):
        parts[person].append((str(pledge), minor))
    # No more than the rule reads: what somebody gave in parts or above the cap would only tell one giver by it.
    most = fund.gift_cap_minor
    sums = {person: sum(minor for _pledge, minor in of_one) for person, of_one in parts.items()}
    return [
        ((str(campaign.pk), pseudonym(fund, campaign.pk, person), min(total, most or total)), parts[person])
        for person, total in sums.items()
    ]


def as_it_stands(fund: MatchFund, document: Document, parts: list[Parts], at: datetime) -> Input:
    """The input by what stands at this moment: of each row counts the less of then and now.

    Of a campaign that takes part no more, since it or its project has ended, nothing stands: its gifts may still do.
    """
    frozen = document["gifts"][: document.get("frozen", len(document["gifts"]))]
    now, out = standing(parts), _left_out(fund, document, parts, at)
    taking_part = Allocation.objects.filter(
        fund=fund, state=AllocationState.ESTIMATED, campaign__state__in=LIVE
    )
    there = {str(campaign) for campaign in taking_part.values_list("campaign", flat=True)}
    struck, rest, why = [], [], {}
    for place, ((campaign, backer, minor), of_one) in enumerate(zip(frozen, parts, strict=True)):
        reason = next((out[pledge] for pledge, _minor in of_one if pledge in out), None)
        left = 0 if reason or campaign not in there else min(minor, now[place])
        if left < minor:
            struck.append(place)
            why[place] = reason or LeftOut.NOT_PAID
            rest += [[campaign, backer, left]] if left else []
    same = {name: value for name, value in document.items() if name not in SINCE}
    more = ({"struck": struck} if struck else {}) | ({"frozen": len(frozen)} if rest else {})
    return Input(same | {"gifts": frozen + rest} | more, parts, why)


def as_it_fell(document: Document, parts: list[Parts], campaign: Campaign, *, over: bool = False) -> Document:
    """The input of a fund that was shared out, by what has fallen away of one campaign's gifts since.

    Once the campaign has succeeded, money in dispute counts until the dispute is lost: its share is the project's. The
    gifts of people who were declared a related party since have fallen away, too; where the campaign or its project
    has ended (`over`), all of them.
    """
    frozen, settled = (document.get(name, len(document["gifts"])) for name in ("frozen", "settled"))
    mine, decided = str(campaign.pk), campaign.state == CampaignState.SUCCEEDED
    before = set(document.get("struck", [])) - set(document.get("fallen", []))
    others = [place for place in document.get("fallen", []) if document["gifts"][place][0] != mine]
    rest = [row for row in document["gifts"][settled:] if row[0] != mine]
    places = [
        place for place in range(settled) if place not in before and document["gifts"][place][0] == mine
    ]
    # What was left of a row when the fund was shared out stands behind the frozen rows; its pledges are the row's.
    own = {
        row[1]: of_one
        for row, of_one in zip(document["gifts"][:frozen], parts, strict=False)
        if row[0] == mine
    }
    of_places = [parts[at] if at < frozen else own[document["gifts"][at][1]] for at in places]
    declared = Pledge.objects.filter(campaign=campaign, person__in=campaign.exclusions.values("person"))
    left_out = {str(key) for key in declared.values_list("pk", flat=True)}
    counted = [[part for part in of_one if part[0] not in left_out] for of_one in of_places]
    now = [0] * len(counted) if over else standing(counted, disputed=decided)
    fallen = []
    for place, stands in zip(places, now, strict=True):
        _campaign, backer, minor = document["gifts"][place]
        if stands < minor:
            fallen.append(place)
            rest += [[mine, backer, stands]] if stands else []
    same = {name: value for name, value in document.items() if name not in SINCE}
    gone, struck = sorted([*others, *fallen]), sorted(before.union(others, fallen))
    known = {"frozen": frozen, "struck": struck}
    known |= {"fallen": gone, "settled": settled} if gone else {}
    if not rest and frozen == settled:
        del known["frozen"]
    return (
        same | {"gifts": document["gifts"][:settled] + sorted(rest)} | {k: v for k, v in known.items() if v}
    )


def standing(parts: list[Parts], *, disputed: bool = False) -> list[int]:
    """What stands at this moment of the pledges behind each row, as far as it was frozen: one statement."""
    keys = [pledge for of_one in parts for pledge, _minor in of_one]
    rows = Pledge.objects.filter(pk__in=keys).values_list("pk", "figures__standing", "figures__disputed")
    now = {str(pledge): stands + (held if disputed else 0) for pledge, stands, held in rows}
    return [sum(min(minor, now.get(pledge, 0)) for pledge, minor in of_one) for of_one in parts]


def _left_out(fund: MatchFund, document: Document, parts: list[Parts], at: datetime) -> dict[str, LeftOut]:
    pledges = Pledge.objects.filter(pk__in=[pledge for of_one in parts for pledge, _minor in of_one])
    found: dict[str, LeftOut] = {}
    for campaign in Campaign.objects.filter(pk__in=document["campaigns"]).select_related("project"):
        reasons = eligibility.left_out(pledges, campaign, fund, at)
        found |= {str(pledge): reason for pledge, reason in reasons.items()}
    return found
