"""The whole of it: what the texts say of money, noted in a diary and lived."""

from datetime import datetime
from functools import partial
from typing import Any

from civic.core import clock
from civic.demo import source
from civic.demo.city import delivery
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast, owner_of
from civic.demo.city.money import giving, raising, sponsors
from civic.demo.city.money.bank import Bank
from civic.demo.city.money.diary import Diary, date_back, work
from civic.demo.city.money.funds import Pot
from civic.demo.city.money.raising import Raising
from marketplace.invoicing.models import Issuer
from marketplace.payouts.models import Payout
from marketplace.payouts.operations import bank_details, payouts


def live(cast: Cast, ready: Round, *, pictures: bool) -> None:
    """From the vote to this moment; what happened before in the city has been delivered to all who had to know."""
    text = source.read("money")
    diary = Diary(cast)
    bank = Bank(diary)
    Issuer.objects.create(**text["issuer"])
    raisings: dict[str, Raising] = {}
    for one in text["campaigns"]:
        project = ready.projects[one["project"]]
        project.refresh_from_db()
        raisings[one["project"]] = Raising(diary, bank, project, one)
    for campaign in raisings.values():
        raising.note(campaign)
        giving.note(campaign)
        sponsors.note(campaign)
    for one in text["funds"]:
        Pot(diary, one, raisings).note()
    for one in text["accounts"]:
        diary.note(one["day"], 16, partial(_enter_account, cast, one))
    for one in text["statements"]:
        bank.note(one)
    for one in text["payouts"]:
        _note_payout(raisings[one["project"]], one)
    for team in delivery.teams(cast, ready, pictures=pictures):
        _note_work(diary, team)
    diary.live()
    # The demo provider knows one time only, that of its own clock, for cards that it charges by itself.
    work(clock.now())
    date_back()


def _note_work(diary: Diary, team: delivery.Team) -> None:
    """The plan before money is raised; the work once it is there, each step on its own day."""
    diary.note(team.text["plan"], 18, lambda at: delivery.plan(team))
    diary.note(team.text["begun"], 10, lambda at: delivery.work(team))


def _enter_account(cast: Cast, one: dict[str, Any], at: datetime) -> None:
    """The owner of an organisation names its account."""
    organisation = cast.organisations[one["organisation"]]
    bank_details.enter_details(
        actor=owner_of(organisation), organisation=organisation, holder=one["holder"], iban=one["iban"], at=at
    )


def _note_payout(raising: Raising, one: dict[str, Any]) -> None:
    """One officer asks for the payout of an accepted milestone; others approve it on the days of the text."""
    diary = raising.diary

    def payout() -> Payout:
        rows = Payout.objects.select_related("campaign__project", "milestone")
        return rows.get(campaign=raising.campaign, milestone__number=one["milestone"])

    def request(at: datetime) -> None:
        payouts.request_payout(actor=diary.officer, payout=payout(), at=at)

    def approve(who: str, at: datetime) -> None:
        payouts.approve_payout(actor=diary.person(who), payout=payout(), at=at)

    diary.note(one["requested"], 18, request)
    for who, day in one["approved"]:
        diary.note(day, 9, partial(approve, who))
