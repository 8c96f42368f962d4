"""Quadratic funds: a published input that a stranger recomputes, challenges, settlement."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from civic.core.errors import Conflict, Forbidden, IllegalTransition
from marketplace.matching import quadratic
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import challenges, closing, exclusions, matching, quadratic_allocation
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import accounts, payments
from tests.factories import matching as made
from tests.matching.test_quadratic_rule import naive

PROGRAM = Path(quadratic.__file__)


def fund(at: datetime, **terms: Any) -> MatchFund:
    """A quadratic fund with 1,000 euros, frozen in thirty days."""
    return made.fund(at, rule=MatchFund.Rule.QUADRATIC, **terms)


def crowd(allocation: Allocation, at: datetime, *amounts: int) -> list[Any]:
    """One new resident gives each of these amounts."""
    return [made.gift(allocation.campaign, minor, at) for minor in amounts]


def figures(allocation: Allocation) -> tuple[str, int, int]:
    """State, guaranteed, estimated."""
    allocation.refresh_from_db()
    return allocation.state, allocation.amount_minor, allocation.estimated_minor


@pytest.fixture
def two(at: datetime) -> tuple[MatchFund, Allocation, Allocation]:
    """A fund with two campaigns: four people give 25 each to one, one gives 100 to the other."""
    shared = fund(at)
    end = at + timedelta(days=40)
    many, one = (made.enrolled(shared, at, ends_at=end) for _ in range(2))
    crowd(many, at, 25_00, 25_00, 25_00, 25_00)
    crowd(one, at, 100_00)
    return shared, many, one


@pytest.mark.django_db
def test_estimates_are_never_guaranteed(two: tuple[MatchFund, Allocation, Allocation], at: datetime) -> None:
    shared, many, one = two
    matching.match_campaign(many.campaign, at)
    quadratic_allocation.estimate(shared, at)
    assert figures(many) == ("estimated", 0, 300_00)
    assert figures(one) == ("estimated", 0, 0)
    many.campaign.total.refresh_from_db()
    assert (many.campaign.total.match_guaranteed_minor, many.campaign.total.match_estimated_minor) == (
        0,
        300_00,
    )
    assert made.balances(shared) == {"available": 1_000_00}


@pytest.mark.django_db
def test_the_freeze_publishes_an_input_that_recomputes(
    two: tuple[MatchFund, Allocation, Allocation], tmp_path: Path
) -> None:
    shared, many, _one = two
    with pytest.raises(Conflict):
        quadratic_allocation.freeze(shared, shared.freezes_at - timedelta(seconds=1))
    assert closing.end_due(shared.freezes_at) == 1
    shared.refresh_from_db()
    document = shared.published_input
    assert document is not None
    assert quadratic.digest(document) == shared.input_digest
    assert naive(document)[str(many.campaign_id)] == 300_00
    published = json.dumps(document)
    for pledge in many.campaign.pledges.all():
        assert str(pledge.person_id) not in published
        assert str(pledge.pk) not in published
    file = tmp_path / "input.json"
    file.write_text(published)
    ran = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), str(file)], capture_output=True, text=True, check=True
    )
    assert f"digest {shared.input_digest}" in ran.stdout
    assert f"{many.campaign_id} 30000" in ran.stdout
    file.write_text("{}")
    assert (
        subprocess.run([sys.executable, str(PROGRAM), str(file)], capture_output=True, check=False).returncode
        == 1
    )


@pytest.mark.django_db
def test_gifts_after_the_last_day_and_of_nobody_verified_are_not_in_it(
    two: tuple[MatchFund, Allocation, Allocation], at: datetime
) -> None:
    shared, many, _one = two
    made.gift(many.campaign, 25_00, shared.freezes_at)
    made.gift(many.campaign, 25_00, at, accounts.person())
    closing.end_due(shared.freezes_at + timedelta(hours=1))
    shared.refresh_from_db()
    assert shared.published_input is not None
    assert len(shared.published_input["gifts"]) == 5


@pytest.mark.django_db
def test_gifts_of_one_person_count_as_one(at: datetime) -> None:
    allocation = made.enrolled(fund(at), at)
    giver = accounts.resident()
    for _ in range(10):
        made.gift(allocation.campaign, 10_00, at, giver)
    quadratic_allocation.estimate(allocation.fund, at)
    assert figures(allocation)[2] == 0


@pytest.mark.django_db
def test_settled_after_the_challenges_and_paid_with_the_campaign(
    two: tuple[MatchFund, Allocation, Allocation], at: datetime
) -> None:
    shared, many, one = two
    closing.end_due(shared.freezes_at)
    shared.refresh_from_db()
    officer, over = made.finance_officer(), shared.freezes_at + timedelta(days=14)
    with pytest.raises(Conflict):
        quadratic_allocation.settle(actor=officer, fund=shared, at=over - timedelta(seconds=1))
    with pytest.raises(Forbidden):
        quadratic_allocation.settle(actor=accounts.person(), fund=shared, at=over)
    quadratic_allocation.settle(actor=officer, fund=shared, at=over)
    assert figures(many) == ("reserved", 300_00, 0)
    assert figures(one) == ("released", 0, 0)
    with pytest.raises(Conflict):
        quadratic_allocation.settle(actor=officer, fund=shared, at=over)
    matching.commit_match(many.campaign, over)
    assert made.balances(shared) == {"available": 700_00, "committed": 300_00}
    payments.assert_whole()


@pytest.mark.django_db
def test_a_campaign_that_succeeded_before_gets_its_share_at_once(at: datetime) -> None:
    shared = fund(at)
    campaign = made.succeeded(
        at,
        allocations=[
            lambda c: crowd(made.enrolled(shared, at, c), at, 25_00, 25_00),
        ],
    )
    allocation = Allocation.objects.get(campaign=campaign)
    assert figures(allocation)[0] == "estimated"
    closing.end_due(shared.freezes_at)
    shared.refresh_from_db()
    quadratic_allocation.settle(
        actor=made.finance_officer(), fund=shared, at=shared.freezes_at + timedelta(days=14)
    )
    assert figures(allocation) == ("committed", 50_00, 0)


@pytest.mark.django_db
def test_a_gift_taken_back_after_the_freeze_is_struck(two: tuple[MatchFund, Allocation, Allocation]) -> None:
    shared, many, _one = two
    closing.end_due(shared.freezes_at)
    made.fall(many.campaign.pledges.first(), shared.freezes_at)
    shared.refresh_from_db()
    quadratic_allocation.settle(
        actor=made.finance_officer(), fund=shared, at=shared.freezes_at + timedelta(days=14)
    )
    shared.refresh_from_db()
    assert shared.published_input is not None
    assert len(shared.published_input["struck"]) == 1
    assert quadratic.digest(shared.published_input) == shared.input_digest
    assert figures(many)[1] == 150_00 == naive(shared.published_input)[str(many.campaign_id)]


def _shared_out(shared: MatchFund) -> dict[str, Any]:
    """The input by which the fund is shared out after the challenges."""
    shared.refresh_from_db()
    over = shared.freezes_at + timedelta(days=14)
    quadratic_allocation.settle(actor=made.finance_officer(), fund=shared, at=over)
    shared.refresh_from_db()
    assert shared.published_input is not None
    return shared.published_input


@pytest.mark.django_db
def test_the_gift_of_somebody_who_erased_the_account_since_still_stands(
    two: tuple[MatchFund, Allocation, Allocation],
) -> None:
    shared, many, _one = two
    closing.end_due(shared.freezes_at)
    gift = many.campaign.pledges.first()
    # As erasure leaves it (campaigns.personal).
    type(gift).objects.filter(pk=gift.pk).update(person=None)
    assert "struck" not in _shared_out(shared)
    assert figures(many)[1] == 300_00


@pytest.mark.django_db
@pytest.mark.parametrize(("decided", "struck"), [("won", 0), ("lost", 1)])
def test_a_gift_in_dispute_at_the_freeze_counts_if_it_is_won(
    two: tuple[MatchFund, Allocation, Allocation], at: datetime, decided: str, struck: int
) -> None:
    shared, many, _one = two
    gift = many.campaign.pledges.first()
    type(gift).objects.filter(pk=gift.pk).update(state="collected", collected_at=at)
    charge = payments.paid(gift.amount_minor, purpose=gift.purpose, account=many.campaign.account("held"))
    advance_charge(charge, Outcome("dispute"), at=at)
    closing.end_due(shared.freezes_at)
    shared.refresh_from_db()
    assert shared.published_input is not None
    assert len(shared.published_input["struck"]) == 1
    assert figures(many)[2] == 150_00
    advance_charge(charge, Outcome("win" if decided == "won" else "lose"), at=shared.freezes_at)
    assert len(_shared_out(shared).get("struck", [])) == struck
    assert figures(many)[1] == (150_00 if struck else 300_00)
    assert quadratic.digest(shared.published_input) == shared.input_digest


# ------------------------------------------------------------------ challenges
def raised(shared: MatchFund, person: Any = None) -> Any:
    """A challenge on the day after the freeze."""
    return challenges.challenge(
        actor=person or accounts.person(),
        fund=shared,
        text="They live together.",
        token=uuid4(),
        at=shared.freezes_at + timedelta(days=1),
    )


@pytest.mark.django_db
def test_an_upheld_challenge_freezes_anew_without_the_gift(
    two: tuple[MatchFund, Allocation, Allocation],
) -> None:
    shared, many, _one = two
    with pytest.raises(Conflict):
        raised(shared)
    closing.end_due(shared.freezes_at)
    shared.refresh_from_db()
    digest, objection, officer = shared.input_digest, raised(shared), made.finance_officer()
    later = shared.freezes_at + timedelta(days=20)
    with pytest.raises(Conflict):
        quadratic_allocation.settle(actor=officer, fund=shared, at=later)
    person = many.campaign.pledges.first().person
    exclusions.exclude(actor=officer, campaign=many.campaign, person=person, reason="Is true.", at=later)
    challenges.uphold(actor=officer, challenge=objection, reason="Is true.", at=later)
    shared.refresh_from_db()
    assert shared.input_digest != digest
    assert figures(many)[2] == 150_00
    with pytest.raises(Conflict):
        quadratic_allocation.settle(actor=officer, fund=shared, at=later + timedelta(days=13))
    quadratic_allocation.settle(actor=officer, fund=shared, at=later + timedelta(days=14))
    assert figures(many)[1] == 150_00


@pytest.mark.django_db
def test_a_rejected_challenge_changes_nothing_and_is_answered_once_by_another(
    two: tuple[MatchFund, Allocation, Allocation],
) -> None:
    shared = two[0]
    closing.end_due(shared.freezes_at)
    officer = made.finance_officer()
    objection, own = raised(shared), raised(shared, officer)
    at = shared.freezes_at + timedelta(days=2)
    with pytest.raises(Forbidden):
        challenges.reject(actor=accounts.person(), challenge=objection, reason="No.", at=at)
    with pytest.raises(Forbidden):
        challenges.reject(actor=officer, challenge=own, reason="No.", at=at)
    challenges.reject(actor=officer, challenge=objection, reason="They do not.", at=at)
    with pytest.raises(IllegalTransition):
        challenges.uphold(actor=officer, challenge=objection, reason="They do.", at=at)
    objection.refresh_from_db()
    assert (objection.state, objection.answer) == ("rejected", "They do not.")
