"""Match funds: set up, paid into by two officers, opened, joined by campaigns, challenged."""

from datetime import datetime
from typing import Any

from civic.core import ids
from civic.demo.city.money.diary import Diary
from civic.demo.city.money.raising import Raising
from civic.demo.city.programme import MANAGER, euros
from marketplace.matching.models import Challenge, MatchFund
from marketplace.matching.operations import challenges, deposits, exclusions, funds
from marketplace.matching.operations.funds import FundTerms

SECOND = "dorothea-lindner"
PERCENT = 100


class Pot:
    """One fund by its text."""

    def __init__(self, diary: Diary, text: dict[str, Any], raisings: dict[str, Raising]) -> None:
        self.diary, self.text, self.raisings = diary, text, raisings

    @property
    def fund(self) -> MatchFund:
        """As it is now."""
        return MatchFund.objects.get(title=self.text["title"])

    def note(self) -> None:
        """All its steps."""
        text, manager = self.text, self.diary.person(MANAGER)
        self.diary.note(text["written"], 9, self._create)
        self.diary.note(text["opens"], 8, lambda at: funds.open_fund(actor=manager, fund=self.fund, at=at))
        for one in text["deposits"]:
            self._note_deposit(one)
        for key, day in text["campaigns"].items():
            self.diary.note(day, 12, self._enrolling(self.raisings[key]))
        for one in text.get("excluded", []):
            self._note_exclusion(one)
        for one in text.get("challenges", []):
            self._note_challenge(one)

    def _create(self, at: datetime) -> None:
        text = self.text
        terms = FundTerms(
            title=text["title"],
            summary=text["summary"],
            funder=self.diary.cast.organisations[text["funder"]],
            currency=next(iter(self.raisings.values())).project.currency,
            rule=text["rule"],
            freezes_at=self.diary.cast.calendar.at(text["freezes"]),
            ratio_bp=text["ratio"] * PERCENT if "ratio" in text else None,
            threshold_backers=text.get("backers"),
            threshold_minor=self._minor("unlocks"),
            gift_cap_minor=self._minor("gift_cap"),
            person_cap_minor=self._minor("person_cap"),
            project_cap_minor=self._minor("project_cap"),
            challenge_days=text.get("challenge_days", 14),
        )
        funds.create_fund(actor=self.diary.person(MANAGER), terms=terms, at=at)

    def _minor(self, name: str) -> int | None:
        return euros(self.text[name]) if name in self.text else None

    def _note_deposit(self, one: dict[str, Any]) -> None:
        first, second, minor = self.diary.officer, self.diary.person(SECOND), euros(one["amount"])

        def enter(at: datetime) -> None:
            deposits.enter_deposit(actor=first, fund=self.fund, amount_minor=minor, note=one["note"], at=at)

        def confirm(at: datetime) -> None:
            entered = self.fund.deposits.get(note=one["note"])
            deposits.confirm_deposit(actor=second, deposit=entered, at=at)

        self.diary.note(one["entered"], 11, enter)
        if "confirmed" in one:
            self.diary.note(one["confirmed"], 7, confirm)

    def _enrolling(self, raising: Raising) -> Any:
        manager = self.diary.person(MANAGER)
        return lambda at: funds.enrol(actor=manager, fund=self.fund, campaign=raising.campaign, at=at)

    def _note_exclusion(self, one: dict[str, Any]) -> None:
        raising, manager = self.raisings[one["campaign"]], self.diary.person(MANAGER)
        person, reason = self.diary.person(one["who"]), one["reason"]
        self.diary.note(
            one["day"],
            13,
            lambda at: exclusions.exclude(
                actor=manager, campaign=raising.campaign, person=person, reason=reason, at=at
            ),
        )

    def _note_challenge(self, one: dict[str, Any]) -> None:
        person, manager = self.diary.person(one["who"]), self.diary.person(MANAGER)

        def challenge(at: datetime) -> None:
            challenges.challenge(actor=person, fund=self.fund, text=one["text"], token=ids.new_id(), at=at)

        def reject(at: datetime) -> None:
            asked = Challenge.objects.select_related("fund").get(fund=self.fund, person=person)
            challenges.reject(actor=manager, challenge=asked, reason=one["answer"], at=at)

        self.diary.note(one["day"], 19, challenge)
        if "answered" in one:
            self.diary.note(one["answered"], 10, reject)
