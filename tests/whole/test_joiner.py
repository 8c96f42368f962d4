"""A joiner of publications: everything that is published of giving and voting, side by side, names nobody.

The joiner reads as a visitor: campaigns, inputs of match funds, the ledger, `.pb` files, ballots. It is told more
than is published: what everybody who stands in a list of backers gave with the name, as if they had told it.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from civic.accounts.models import Person
from civic.core import events
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.matching.models import MatchFund
from marketplace.matching.operations import closing
from projects.voting.models import Tally
from tests.factories import accounts
from tests.factories import matching as made

BACKER = re.compile(r'<ul class="backers".*?</ul>', re.DOTALL)
PERSON = re.compile(r'href="/people/([0-9a-f-]{36})/"')
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass
class Joiner:
    """What is published, by campaign: who shows the name, what counts of each pseudonym."""

    shown: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def read(self) -> "Joiner":
        visitor = Client()
        for campaign in _all(visitor, "/api/v1/campaigns/"):
            self.texts.append(visitor.get(f"/api/v1/campaigns/{campaign['id']}/").content.decode())
            self.shown[campaign["id"]] = list(self._backers(visitor, campaign["url"]))
        for fund in _all(visitor, "/api/v1/funds/"):
            answer = visitor.get(f"/funds/{fund['slug']}/input.json")
            if answer.status_code == 200:
                self.texts.append(answer.content.decode())
                for campaign, backer, minor in answer.json()["gifts"]:
                    self.rows.setdefault(campaign, []).append((backer, minor))
        return self

    def _backers(self, visitor: Client, url: str) -> Iterator[str]:
        following: str | None = ""
        while following is not None:
            page = visitor.get(f"{url}{following}").content.decode()
            self.texts.append(page)
            for lines in BACKER.findall(page):
                assert "Anonymous" not in lines
                assert "€" not in lines, "an amount beside a name"
                yield from PERSON.findall(lines)
            more = re.search(r'href="(\?after=[^"#]+)#backers"', page)
            following = more[1] if more else None

    def claims(self, told: dict[tuple[str, str], int]) -> set[tuple[str, str]]:
        """Who gave to which campaign, beyond what is shown with the name: by the amounts that were told."""
        known: dict[str, str] = {}
        claimed = set()
        for campaign, rows in self.rows.items():
            sums = Counter(told[campaign, one] for one in self.shown[campaign])
            amounts = Counter(minor for _backer, minor in rows)
            for person in self.shown[campaign]:
                given = told[campaign, person]
                if sums[given] == amounts[given] == 1:
                    known[next(backer for backer, minor in rows if minor == given)] = person
            # What is left over on both sides belongs together.
            left = [one for one in self.shown[campaign] if one not in known.values()]
            rest = [(backer, minor) for backer, minor in rows if backer not in known]
            if len(left) == len(rest) == 1 and rest[0][1] > told[campaign, left[0]]:
                claimed.add((campaign, left[0]))
        for campaign, rows in self.rows.items():
            # A person who is found in another campaign too, or here with more than was told.
            claimed |= {
                (campaign, known[backer])
                for backer, minor in rows
                if backer in known and told.get((campaign, known[backer])) != minor
            }
        return claimed


def _all(visitor: Client, path: str) -> Iterator[dict[str, Any]]:
    while path:
        page = visitor.get(path).json()
        yield from page["results"]
        path = page["next"] or ""


def given(*, anonymous: bool) -> Counter[tuple[str, str]]:
    """The truth: campaign, person, and what they gave with or without the name."""
    found = Counter[tuple[str, str]]()
    for one in Pledge.objects.filter(figures__standing__gt=0, anonymous=anonymous, person__isnull=False):
        found[str(one.campaign_id), str(one.person_id)] += one.amount_minor
    return found


def named(joiner: Joiner) -> set[tuple[str, str]]:
    """Whose gift without a name the joiner found out."""
    return joiner.claims(given(anonymous=False)) & set(given(anonymous=True))


def carries_no_gift(joiner: Joiner) -> None:
    """Nothing of a single gift is published: neither its id, which holds its moment, nor two names for one row."""
    pledges = {str(key) for key in Pledge.objects.values_list("pk", flat=True)}
    for text in joiner.texts:
        assert not pledges & set(IDS.findall(text))
        for cursor in re.findall(r"\?after=([^\"#&]+)", text):
            # A place in the lot: a key would have a moment in it.
            assert cursor.isdigit(), "a cursor tells when somebody gave"
            assert int(cursor) < len(pledges)
    places = [(campaign, backer) for campaign, rows in joiner.rows.items() for backer, _minor in rows]
    assert len(places) == len(set(places)), "one giver by the parts of a gift"
    assert len({backer for _campaign, backer in places}) == len(places), "one pseudonym in two campaigns"


# ------------------------------------------------------------------ a lived city
@pytest.mark.django_db
@pytest.mark.usefixtures("demo_city")
def test_no_two_publications_of_the_city_name_who_gives_without_a_name_i8() -> None:
    joiner = Joiner().read()
    assert any(joiner.shown.values())
    assert joiner.rows
    assert given(anonymous=True)
    carries_no_gift(joiner)
    assert named(joiner) == set()


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_city")
def test_no_two_publications_of_the_city_name_a_voter_i8() -> None:
    """Published ballots hold a random code that only the voter was shown, and no time."""
    visitor = Client()
    people = {str(key) for key in Person.objects.values_list("pk", flat=True)}
    for tally in Tally.objects.select_related("call"):
        slug = tally.call.slug
        file = b"".join(visitor.get(reverse("voting:ballots-pb", args=[slug]))).decode()  # type: ignore[arg-type]
        ballots = list(_all(visitor, f"/api/v1/calls/{slug}/ballots/?page_size=200"))
        text = file + json.dumps(ballots)
        assert not people & set(IDS.findall(text))
        assert not re.search(r"\d{4}-\d\d-\d\dT\d\d:\d\d", json.dumps(ballots)), "a time"
        ids = [UUID(one) for one in IDS.findall(json.dumps([list(one.values()) for one in ballots]))]
        projects = {project.pk for project in tally.call.projects.all()}
        assert not [one for one in ids if one not in projects and one.version == 7], "an id with a time"
        codes = [str(one.get("receipt", one)) for one in ballots]
        assert codes == sorted(codes), "an order that tells who came first"


# ------------------------------------------------------------------ small funds at random
@dataclass
class Town:
    """A few people and a quadratic fund; everybody gives by chance, often twice, often without a name."""

    chance: random.Random
    at: datetime

    def build(self) -> MatchFund:
        people = [accounts.resident() for _ in range(self.chance.randint(2, 5))]
        cap = self.chance.choice([None, 40_00])
        fund = made.fund(self.at, rule=MatchFund.Rule.QUADRATIC, gift_cap_minor=cap)
        campaigns = [
            made.enrolled(fund, self.at, ends_at=self.at + timedelta(days=40)).campaign
            for _ in range(self.chance.randint(1, 3))
        ]
        for person in self.chance.sample(people, len(people)):
            for campaign in campaigns:
                for _ in range(self.chance.choice([0, 1, 1, 2])):
                    made.gift(
                        campaign, self.chance.randint(5_00, 60_00), self.at, person, anonymous=self.lot()
                    )
        closing.end_due(fund.freezes_at)
        return fund

    def lot(self) -> bool:
        return self.chance.random() < 0.5


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_no_small_fund_names_who_gives_without_a_name_i8(at: datetime, clock_at: Any, seed: int) -> None:
    fund = Town(random.Random(seed), at).build()
    clock_at.shift(timedelta(days=31))
    joiner = Joiner().read()
    assert joiner.rows
    carries_no_gift(joiner)
    # The module runs in the demo city, whose own fund has another cap.
    mine = {str(campaign) for campaign in fund.allocations.values_list("campaign", flat=True)}
    most = max(minor for campaign in mine & set(joiner.rows) for _backer, minor in joiner.rows[campaign])
    assert most <= (fund.gift_cap_minor or most), "more than the formula reads"
    assert named(joiner) == set()


@pytest.mark.django_db
def test_the_list_of_backers_stands_in_no_order_of_giving_i8(at: datetime) -> None:
    """The public ledger has the amounts in that order."""
    people = [accounts.resident() for _ in range(4)]
    orders = []
    for turn in (1, -1):
        campaign = made.open_campaign(at)
        for person in people[::turn]:
            made.gift(campaign, 10_00, at, person)
        page = Client().get(campaign.get_absolute_url()).content.decode()
        project = Client().get(campaign.project.get_absolute_url()).content.decode()
        orders.append([PERSON.findall(BACKER.findall(text)[0]) for text in (page, project)])
    assert orders[0] == orders[1]


@pytest.mark.django_db
def test_one_gift_without_a_name_hides_all_of_that_person_i8(at: datetime) -> None:
    campaign, giver = made.open_campaign(at), accounts.resident()
    for anonymous in (False, True):
        made.gift(campaign, 10_00, at, giver, anonymous=anonymous)
    # The name goes with the gift itself, the number with the news of it.
    for delivered in (False, True):
        if delivered:
            events.deliver_pending(at=at)
        for page in (campaign.get_absolute_url(), campaign.project.get_absolute_url()):
            assert str(giver.pk) not in Client().get(page).content.decode(), delivered
    assert "Anonymous: one backer." in Client().get(campaign.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_what_the_formula_still_tells_is_said_before_a_person_gives_i8(at: datetime, clock_at: Any) -> None:
    campaign: Campaign = made.open_campaign(at)
    page = " ".join(Client().get(f"/campaigns/{campaign.pk}/pledge/").content.decode().split())
    assert "what match funds count in their published input, both without names" in page
    assert "that you are the only one who gives here, can still tell that it was you" in page
