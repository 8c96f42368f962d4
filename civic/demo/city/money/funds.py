"""Match funds: set up, paid into by two officers, opened, joined by campaigns, challenged."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from civic.core import ids
from civic.demo import source
from civic.demo.city.money.diary import Diary
from civic.demo.city.money.raising import Raising
from marketplace.matching.models import Challenge, MatchFund
from marketplace.matching.operations import challenges, deposits, exclusions, funds
from marketplace.matching.operations.funds import FundTerms

SECOND = "dorothea-lindner"


@dataclass
class Pot:
    """One fund by its text."""

    diary: Diary
    text: dict[str, Any]
    raisings: dict[str, Raising]

    @property
    def fund(self) -> MatchFund:
        """As it is now."""
        return MatchFund.objects.get(title=self.text["title"])

    def note(self) -> None:
        """All its steps."""
        diary, text = self.diary, self.text
        diary.note(text["written"], 9, self._create)
        diary.note(text["opens"], 8, self._open)
        for one in text["deposits"]:
            diary.note(one["entered"], 11, partial(self._enter, one))
            if "confirmed" in one:
                diary.note(one["confirmed"], 7, partial(self._confirm, one))
        for key, day in text["campaigns"].items():
            diary.note(day, 12, partial(self._enrol, self.raisings[key]))
        for one in text.get("excluded", []):
            diary.note(one["day"], 13, partial(self._exclude, one))
        for one in text.get("challenges", []):
            diary.note(one["day"], 19, partial(self._challenge, one))
            if "answered" in one:
                diary.note(one["answered"], 10, partial(self._reject, one))

    def _create(self, at: datetime) -> None:
        text = self.text
        limits = {
            name: source.minor(text[name]) if name in text else None
            for name in ("unlocks", "gift_cap", "person_cap", "project_cap")
        }
        terms = FundTerms(
            title=text["title"],
            summary=text["summary"],
            funder=self.diary.cast.organisations[text["funder"]],
            currency=source.currency(),
            rule=text["rule"],
            freezes_at=self.diary.cast.calendar.at(text["freezes"]),
            ratio_bp=text["ratio"] * 100 if "ratio" in text else None,
            threshold_backers=text.get("backers"),
            threshold_minor=limits["unlocks"],
            gift_cap_minor=limits["gift_cap"],
            person_cap_minor=limits["person_cap"],
            project_cap_minor=limits["project_cap"],
            challenge_days=text.get("challenge_days", 14),
        )
        funds.create_fund(actor=self.diary.cast.manager, terms=terms, at=at)

    def _open(self, at: datetime) -> None:
        funds.open_fund(actor=self.diary.cast.manager, fund=self.fund, at=at)

    def _enter(self, one: dict[str, Any], at: datetime) -> None:
        amount = source.minor(one["amount"])
        deposits.enter_deposit(
            actor=self.diary.officer, fund=self.fund, amount_minor=amount, note=one["note"], at=at
        )

    def _confirm(self, one: dict[str, Any], at: datetime) -> None:
        entered = self.fund.deposits.get(note=one["note"])
        deposits.confirm_deposit(actor=self.diary.person(SECOND), deposit=entered, at=at)

    def _enrol(self, raising: Raising, at: datetime) -> None:
        funds.enrol(actor=self.diary.cast.manager, fund=self.fund, campaign=raising.campaign, at=at)

    def _exclude(self, one: dict[str, Any], at: datetime) -> None:
        campaign, person = self.raisings[one["campaign"]].campaign, self.diary.person(one["who"])
        exclusions.exclude(
            actor=self.diary.cast.manager, campaign=campaign, person=person, reason=one["reason"], at=at
        )

    def _challenge(self, one: dict[str, Any], at: datetime) -> None:
        person = self.diary.person(one["who"])
        challenges.challenge(actor=person, fund=self.fund, text=one["text"], token=ids.new_id(), at=at)

    def _reject(self, one: dict[str, Any], at: datetime) -> None:
        challenge = Challenge.objects.select_related("fund").get(
            fund=self.fund, person=self.diary.person(one["who"])
        )
        challenges.reject(actor=self.diary.cast.manager, challenge=challenge, reason=one["answer"], at=at)
