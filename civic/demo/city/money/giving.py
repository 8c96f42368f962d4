"""Who gives: those known by name step by step, neighbours as promises whose cards are charged at the close."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from civic.accounts.models import Person
from civic.core import events, ids
from civic.core.money import Money
from civic.demo.city.money.raising import Raising
from marketplace.campaigns.models import Pledge
from marketplace.campaigns.operations import collection, pledge_payments, pledges
from marketplace.campaigns.states import PledgeState
from marketplace.matching.models import MatchFund
from marketplace.matching.operations import matching
from marketplace.payments import operations as payments
from marketplace.payments.models import Charge, DemoPayment, Method
from marketplace.payments.providers import demo

PAID = DemoPayment.Status.PAID
ANONYMOUS_SHARE, MONTHLY_SHARE = 0.2, 0.08
# Most of a small city would otherwise be in every campaign.
MOST_OF_A_CITY = 0.6
WEEK = 7
CARD = "Demo card ending 4242"
# How the card behaves that is saved for later.
SAVED = {"works": "works", "asks": "asks", "declines": "declines", "monthly": "works"}


def note(raising: Raising) -> None:
    """Neighbours week by week, and everybody who has a name."""
    chance = raising.diary.cast.chance("givers", raising.project.slug)
    text = raising.text
    amounts = list(text.get("promised", []))
    crowd = _crowd(raising, chance)
    givers = _neighbours(raising, len(amounts) + len(text.get("paid", [])) + len(crowd), chance)
    for amount in text.get("paid", []):
        day = chance.randint(*text["given"])
        _note_known(raising, {"day": day, "amount": amount, "pays": "now"}, givers.pop(), chance)
    promises = list(zip(givers, [*amounts, *crowd], strict=True))
    chance.shuffle(promises)
    for one in text.get("known", []):
        _note_known(raising, one, raising.diary.person(one["who"]), chance)
    _note_promises(raising, promises, chance)


def _crowd(raising: Raising, chance: random.Random) -> list[int]:
    text = raising.text.get("crowd")
    if not text:
        return []
    most = round(len(_verified(raising)) * MOST_OF_A_CITY)
    return chance.choices(text["amounts"], k=min(text["number"], most))


def _verified(raising: Raising) -> list[Person]:
    cast = raising.diary.cast
    return [one for street in cast.neighbours.values() for one in street if one.pk in cast.verified]


def _neighbours(raising: Raising, number: int, chance: random.Random) -> list[Person]:
    return chance.sample(_verified(raising), number)


def _note_promises(raising: Raising, promises: list[tuple[Person, int]], chance: random.Random) -> None:
    """Week by week, so that the match of a week is in the ledger of that week."""
    if promises:
        first, last = raising.text["given"]
        ends = list(range(last, first, -WEEK))[::-1]
        for week, end in enumerate(ends):
            some = [
                Promise(person, amount, max(first, end - chance.randint(1, WEEK)))
                for person, amount in promises[week :: len(ends)]
            ]
            raising.diary.note(end, 22, _promising(raising, some, chance))


@dataclass(frozen=True)
class Promise:
    """Who promises how many whole euros, and on which day."""

    person: Person
    amount: int
    day: int


def _promising(raising: Raising, some: list[Promise], chance: random.Random) -> Callable[[datetime], None]:
    return lambda at: _promise(raising, some, chance, at)


def _promise(raising: Raising, some: list[Promise], chance: random.Random, at: datetime) -> None:
    """Promises with a saved card: in bulk, since no money moves before the close."""
    campaign = raising.campaign
    methods = Method.objects.bulk_create(
        Method(person=one.person, provider=demo.NAME, provider_ref=f"works-{ids.new_id()}", label=CARD)
        for one in some
    )
    made = Pledge.objects.bulk_create(
        _pledge(raising, one, method, chance) for one, method in zip(some, methods, strict=True)
    )
    if campaign.allocations.filter(fund__rule=MatchFund.Rule.QUADRATIC).exists():
        _record(made)
    matching.match_campaign(campaign, at)


def _pledge(raising: Raising, one: Promise, method: Method, chance: random.Random) -> Pledge:
    amount = raising.money(one.amount)
    at = raising.diary.cast.calendar.between(one.day, one.day, chance)
    return Pledge(
        campaign=raising.drafted,
        person=one.person,
        amount_minor=amount.minor,
        currency=amount.currency,
        anonymous=chance.random() < ANONYMOUS_SHARE,
        provider=demo.NAME,
        method=method,
        token=ids.new_id(),
        state=PledgeState.ACTIVE,
        state_since=at,
        created_at=at,
        **_rhythm(raising, chance),
    )


def _record(made: list[Pledge]) -> None:
    """By the event log such a fund knows who gave before its last day; the others match at once what is there."""
    for pledge in made:
        if pledge.state_since:
            payload = pledge_payments.event_payload(pledge)
            events.record(
                "pledge.activated",
                actor=pledge.person,
                subject=pledge,
                at=pledge.state_since,
                payload=payload,
            )


def _rhythm(raising: Raising, chance: random.Random) -> dict[str, Any]:
    months = raising.text.get("crowd", {}).get("months", 1)
    if months > 1 and chance.random() < MONTHLY_SHARE:
        return {"rhythm": Pledge.Rhythm.MONTHLY, "months": months}
    return {}


def _note_known(raising: Raising, one: dict[str, Any], person: Person, chance: random.Random) -> None:
    diary, giver = raising.diary, Giver(raising, person, one)
    diary.note(one["day"], chance.randint(8, 16), giver.give, chance.randint(0, 59))
    for what, step in LATER.items():
        if what in one:
            diary.note(one[what], chance.randint(17, 20), step(giver), chance.randint(0, 59))


class Giver:
    """One pledge of one person, and what became of it by the texts."""

    def __init__(self, raising: Raising, person: Person, one: dict[str, Any]) -> None:
        self.raising, self.person, self.one = raising, person, one
        self.made: Pledge | None = None

    @property
    def pledge(self) -> Pledge:
        """The pledge as it is now."""
        if self.made is None:
            raise ValueError(f"{self.person} has not pledged yet")
        return Pledge.objects.select_related("campaign").get(pk=self.made.pk)

    @property
    def charge(self) -> Charge:
        """The payment behind it."""
        return Charge.objects.get(purpose=self.pledge.purpose)

    @property
    def amount(self) -> Money:
        """What was promised."""
        return self.raising.money(self.one["amount"])

    def give(self, at: datetime) -> None:
        """Pledges, and does on the provider's page what the text says."""
        pays = self.one.get("pays", "")
        started = pledges.pledge(
            actor=self.person,
            campaign=self.raising.campaign,
            amount=self.amount,
            provider="bank" if pays == "bank" else demo.NAME,
            token=ids.new_id(),
            months=self.one.get("months", 1),
            anonymous=self.one.get("anonymous", False),
            at=at,
        )
        self.made = started.pledge
        payments.run_commands(at=at)
        if pays not in ("", "bank") and started.payment:
            page = DemoPayment.objects.get(target=started.payment.pk)
            demo.decide(page, PAID, behaviour=SAVED.get(pays, ""), at=at)

    def cancel(self, at: datetime) -> None:
        """Takes it back."""
        pledges.cancel_pledge(actor=self.person, pledge=self.pledge, at=at)

    def help_out(self, at: datetime) -> None:
        """Takes the second step that the bank asked for."""
        charge = collection.pay_now(actor=self.person, pledge=self.pledge, at=at)
        demo.decide(DemoPayment.objects.get(target=charge.pk), PAID, at=at)

    def dispute(self, at: datetime) -> None:
        """Asks the own bank for the money back."""
        demo.dispute(self.charge, at=at)

    def be_refunded(self, at: datetime) -> None:
        """The finance office gives it back."""
        officer, reason = self.raising.diary.officer, self.one["reason"]
        payments.refund_rest(actor=officer, charge=self.charge, reason=reason, at=at)

    def transfer(self, at: datetime) -> None:
        """The money is on its way to the city's account, with the reference that was asked for."""
        self.raising.bank.expect(self.charge.provider_ref, self.amount, self.person.name, at)

    def transfer_unclear(self, at: datetime) -> None:
        """The same with a reference that nobody can read."""
        self.raising.bank.expect("", self.amount, self.person.name, at, charge=self.charge)


LATER: dict[str, Callable[[Giver], Callable[[datetime], None]]] = {
    "cancelled": lambda giver: giver.cancel,
    "helps": lambda giver: giver.help_out,
    "disputed": lambda giver: giver.dispute,
    "refunded": lambda giver: giver.be_refunded,
    "arrives": lambda giver: giver.transfer,
    "unclear": lambda giver: giver.transfer_unclear,
}
