"""Who gives: those known by name step by step, neighbours as promises whose cards are charged at the close."""

import random
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from civic.accounts.models import Person
from civic.core import events, ids
from civic.core.money import Money
from civic.demo.city.money.raising import Raising
from marketplace.campaigns.models import Pledge
from marketplace.campaigns.operations import collection, pledges, totals
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


@dataclass(frozen=True)
class Promise:
    """Who promises how many whole euros, and on which day."""

    person: Person
    amount: int
    day: int


def note(raising: Raising) -> None:
    """Neighbours week by week, and everybody who has a name."""
    text, cast = raising.text, raising.diary.cast
    chance = cast.chance("givers", raising.project.slug)
    verified = [one for street in cast.neighbours.values() for one in street if one.pk in cast.verified]
    amounts, paid = list(text.get("promised", [])), text.get("paid", [])
    if crowd := text.get("crowd"):
        most = round(len(verified) * MOST_OF_A_CITY)
        amounts += chance.choices(crowd["amounts"], k=min(crowd["number"], most))
    givers = chance.sample(verified, len(amounts) + len(paid))
    for amount in paid:
        day = chance.randint(*text["given"])
        _note_known(raising, {"day": day, "amount": amount, "pays": "now"}, givers.pop(), chance)
    promises = list(zip(givers, amounts, strict=True))
    chance.shuffle(promises)
    for one in text.get("known", []):
        _note_known(raising, one, raising.diary.person(one["who"]), chance)
    if promises:
        _note_promises(raising, promises, chance)


def _note_promises(raising: Raising, promises: list[tuple[Person, int]], chance: random.Random) -> None:
    """Week by week, so that the match of a week is in the ledger of that week."""
    first, last = raising.text["given"]
    ends = list(range(last, first, -WEEK))[::-1]
    for week, end in enumerate(ends):
        some = [
            Promise(person, amount, max(first, end - chance.randint(1, WEEK)))
            for person, amount in promises[week :: len(ends)]
        ]
        raising.diary.note(end, 22, partial(_promise, raising, some, chance))


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
    # Such a fund knows by the event log who gave before its last day; the others match at once what is there.
    if campaign.allocations.filter(fund__rule=MatchFund.Rule.QUADRATIC).exists():
        for pledge in made:
            events.record("pledge.activated", actor=pledge.person, subject=pledge, at=pledge.created_at)
    matching.match_campaign(campaign, at)
    totals.recount(campaign, at)


def _pledge(raising: Raising, one: Promise, method: Method, chance: random.Random) -> Pledge:
    amount = raising.money(one.amount)
    at = raising.diary.cast.calendar.between(one.day, one.day, chance)
    pledge = Pledge(
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
    )
    months = raising.text.get("crowd", {}).get("months", 1)
    if months > 1 and chance.random() < MONTHLY_SHARE:
        pledge.frequency, pledge.months = Pledge.Frequency.MONTHLY, months
    return pledge


def _note_known(raising: Raising, one: dict[str, Any], person: Person, chance: random.Random) -> None:
    diary, giver = raising.diary, Giver(raising, person, one)
    diary.note(one["day"], chance.randint(8, 16), giver.give, chance.randint(0, 59))
    for what, step in LATER.items():
        if what in one:
            diary.note(one[what], chance.randint(17, 20), partial(step, giver), chance.randint(0, 59))


@dataclass
class Giver:
    """One pledge of one person, and what became of it by the texts."""

    raising: Raising
    person: Person
    one: dict[str, Any]
    made: Pledge | None = None

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
        pledges.cancel_pledge(actor=self.person, pledge=self.pledge, at=at)

    def pay(self, at: datetime) -> None:
        """Takes the second step that the bank asked for."""
        charge = collection.pay_now(actor=self.person, pledge=self.pledge, at=at)
        demo.decide(DemoPayment.objects.get(target=charge.pk), PAID, at=at)

    def dispute(self, at: datetime) -> None:
        """Asks the own bank for the money back."""
        demo.dispute(self.charge, at=at)

    def lose(self, at: datetime) -> None:
        """The own bank has decided so: with a refund before it, the money has come back twice."""
        demo.dispute(self.charge, DemoPayment.Status.LOST, at=at)

    def refund(self, at: datetime) -> None:
        """The finance office gives it back."""
        officer, reason = self.raising.diary.officer, self.one["reason"]
        payments.refund_rest(actor=officer, charge=self.charge, reason=reason, at=at)

    def transfer(self, at: datetime) -> None:
        """The money is on its way to the city's account, with the reference that was asked for."""
        self.raising.bank.expect(self.charge.provider_ref, self.amount, self.person.name, at)

    def transfer_unclear(self, at: datetime) -> None:
        """The same with a reference that nobody can read."""
        self.raising.bank.expect("", self.amount, self.person.name, at, charge=self.charge)


LATER = {
    "cancelled": Giver.cancel,
    "helps": Giver.pay,
    "disputed": Giver.dispute,
    "lost": Giver.lose,
    "refunded": Giver.refund,
    "arrives": Giver.transfer,
    "unclear": Giver.transfer_unclear,
}
