"""What has happened to a payment and no worker has told yet: nothing leaves past it (CA5, CA6, CC2 of 28 November)."""

import pytest

from civic.core.errors import Conflict
from marketplace.campaigns.models import Campaign
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import refund_rest
from marketplace.payments.providers import Outcome
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import campaigns, matching
from tests.factories.payments import AT, assert_whole, balances
from tests.payouts.test_money_later import Sponsored
from tests.payouts.test_returns import given_back
from tests.undoing import undone

pytestmark = pytest.mark.django_db


def test_what_nobody_has_heard_of_does_not_leave_beside_a_loss_1128_ba1() -> None:
    """An officer asks for a payout before a worker has told that the money came."""
    here = Sponsored()
    here.lose()
    here.pay_unheard()
    assert here.take_the_rest() == 600_00
    assert_whole()


def test_what_nobody_has_heard_of_does_not_go_back_beside_a_loss_1128_ca5() -> None:
    """Two officers give back what a cancelled project has left, before a worker has told that the sponsor paid."""
    here = Sponsored()
    here.lose()
    Project.objects.filter(pk=here.story.campaign.project_id).update(state=ProjectState.CANCELLED)
    here.pay_unheard()
    assert given_back(Campaign.objects.get(pk=here.story.campaign.pk), AT).amount_minor == 600_00
    assert (here.story.committed(), balances().get("losses", 0)) == (0, 0)
    assert_whole()


@pytest.mark.parametrize("verbs", [["dispute"], ["dispute", "lose"]], ids="-".join)
@pytest.mark.parametrize("which", ["backer", "sponsor"])
def test_what_nobody_has_heard_of_holds_what_leaves_1128_ca6_cc2(which: str, verbs: list[str]) -> None:
    """Between the bank's word and the worker's, officers could send what is in dispute, or lost."""
    here = Sponsored()
    here.pay()
    invoice = f"invoice:{here.invoice.pk}:"
    charge = (
        here.backed
        if which == "backer"
        else Charge.objects.get(purpose__startswith=invoice, state="succeeded")
    )
    for verb in verbs:
        charge.refresh_from_db()
        advance_charge(charge, Outcome(verb), at=AT)
    with pytest.raises(Conflict, match="Try again"), undone():
        here.take_the_rest()
    campaigns.work(AT)
    if verbs == ["dispute"]:
        with pytest.raises(Conflict, match="held back"), undone():
            here.take_the_rest()
    elif which == "backer":
        assert here.take_the_rest() == 600_00


def test_a_match_is_not_paid_out_before_its_gift_has_gone_1128_cc2() -> None:
    """A refund by the desk of which no worker has told: the match of that gift left with the payout."""
    fund = matching.fund(AT)
    here = Sponsored(100_00, 60_00, fund=fund)
    here.pay()
    here.backed.refresh_from_db()
    refund_rest(actor=matching.finance_officer(), charge=here.backed, reason="A mistake.", at=AT)
    with pytest.raises(Conflict, match="Try again"), undone():
        here.take_the_rest()
    campaigns.work(AT)
    assert here.take_the_rest() == 800_00
