"""The whole of it: what the texts say of money, noted in a diary and lived."""

from typing import Any

from civic.core import clock
from civic.demo import source
from civic.demo.city import delivery
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast
from civic.demo.city.delivery import Team
from civic.demo.city.money import books, giving, payouts, raising, sponsors
from civic.demo.city.money.bank import Bank
from civic.demo.city.money.diary import Diary
from civic.demo.city.money.funds import Pot
from civic.demo.city.money.raising import Raising


def live(cast: Cast, ready: Round, *, pictures: bool) -> None:
    """From the vote to this moment; what happened before in the city has been delivered to all who had to know."""
    text = source.read("money")
    diary = Diary(cast)
    bank = Bank(diary)
    sponsors.set_up()
    raisings = {one["project"]: _raising(diary, bank, ready, one) for one in text["campaigns"]}
    for one in raisings.values():
        raising.note(one)
        giving.note(one)
        sponsors.note(one)
    for one in text["funds"]:
        Pot(diary, one, raisings).note()
    _note_the_rest(diary, bank, raisings, text)
    for team in delivery.teams(cast, ready, pictures=pictures):
        _note_work(diary, team)
    diary.live()
    # The demo provider knows one time only, that of its own clock, for cards that it charges by itself.
    books.work(clock.now())
    books.date_back()


def _raising(diary: Diary, bank: Bank, ready: Round, text: dict[str, Any]) -> Raising:
    project = ready.projects[text["project"]]
    project.refresh_from_db()
    return Raising(diary, bank, project, text)


def _note_the_rest(diary: Diary, bank: Bank, raisings: dict[str, Raising], text: dict[str, Any]) -> None:
    currency = source.read("city")["currency"]
    for one in text["accounts"]:
        payouts.note_account(diary, one)
    for one in text["statements"]:
        bank.note(one, currency)
    for one in text["payouts"]:
        payouts.note_payout(raisings[one["project"]], one)


def _note_work(diary: Diary, team: Team) -> None:
    """The plan before money is raised; the work once it is there, each step on its own day."""
    diary.note(team.text["plan"], 18, lambda at: delivery.plan(team))
    diary.note(team.text["begun"], 10, lambda at: _work(team))


def _work(team: Team) -> None:
    team.project.refresh_from_db()
    delivery.work(team)
