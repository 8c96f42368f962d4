"""Where organisations are paid, and the payouts of accepted milestones: asked for by one, approved by others."""

from datetime import datetime
from typing import Any

from civic.accounts.models import Membership
from civic.demo.city.money.diary import Diary
from civic.demo.city.money.raising import Raising
from marketplace.payouts.models import Payout
from marketplace.payouts.operations import bank_details, payouts


def note_account(diary: Diary, one: dict[str, Any]) -> None:
    """The owner of an organisation names its account."""
    organisation = diary.cast.organisations[one["organisation"]]

    def enter(at: datetime) -> None:
        owner = organisation.memberships.select_related("person").get(role=Membership.Role.OWNER).person
        bank_details.enter_details(
            actor=owner, organisation=organisation, holder=one["holder"], iban=one["iban"], at=at
        )

    diary.note(one["day"], 16, enter)


def note_payout(raising: Raising, one: dict[str, Any]) -> None:
    """One officer asks for it; the others say yes on the days of the text."""
    diary = raising.diary

    def payout() -> Payout:
        wanted = Payout.objects.select_related("campaign__project", "milestone")
        return wanted.get(campaign=raising.campaign, milestone__number=one["milestone"])

    def request(at: datetime) -> None:
        payouts.request_payout(actor=diary.officer, payout=payout(), at=at)

    diary.note(one["requested"], 18, request)
    for who, day in one["approved"]:
        diary.note(day, 9, _approving(raising, who, payout))


def _approving(raising: Raising, who: str, payout: Any) -> Any:
    officer = raising.diary.person(who)
    return lambda at: payouts.approve_payout(actor=officer, payout=payout(), at=at)
