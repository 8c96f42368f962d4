"""Who gives back what is left, by what plan, and what everybody sees of it before."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from civic.accounts import groups
from civic.core.errors import Conflict, Forbidden, IllegalTransition
from marketplace.payments.models import Refund
from marketplace.payments.operations.refunds import refund_rest
from marketplace.payments.queries import charges
from marketplace.payouts.models import Return
from marketplace.payouts.operations import holds, returns
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, matching
from tests.factories.campaigns import work
from tests.payouts.test_returns import cancel, there, together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def test_one_person_alone_gives_nothing_back_m7(at: datetime) -> None:
    campaign, moment = together(at)
    officer = matching.finance_officer()
    with pytest.raises(Conflict, match="given up or cancelled"):
        returns.propose_return(actor=officer, campaign=campaign, reason="No.", at=moment)
    cancel(campaign.project, moment)
    insider = campaign.project.author
    for stranger in (insider, accounts.staff(groups.PROGRAMME_MANAGERS)):
        with pytest.raises(Forbidden):
            returns.propose_return(actor=stranger, campaign=campaign, reason="No.", at=moment)
    made = returns.propose_return(actor=officer, campaign=campaign, reason="No.", at=moment)
    with pytest.raises(Conflict, match="already"):
        returns.propose_return(actor=officer, campaign=campaign, reason="No.", at=moment)
    with pytest.raises(Forbidden, match="Somebody else"):
        returns.confirm_return(actor=officer, returned=made, at=moment)
    assert there(campaign) == {"committed": 30_00}
    returns.withdraw_return(actor=officer, returned=made, reason="Not yet.", at=moment)
    with pytest.raises(IllegalTransition):
        returns.confirm_return(actor=matching.finance_officer(), returned=made, at=moment)
    assert not Refund.objects.exists()


def test_a_plan_that_is_not_true_any_more_is_not_carried_out_m7(at: datetime) -> None:
    campaign, moment = together(at)
    cancel(campaign.project, moment)
    officer = matching.finance_officer()
    made = returns.propose_return(actor=officer, campaign=campaign, reason="No.", at=moment)
    payments_of = campaign.pledges.first()
    assert payments_of
    charge: Any = charges.paid_charge(payments_of.purpose)
    refund_rest(actor=officer, charge=charge, reason="Asked for it.", at=moment)
    work(moment)
    with pytest.raises(Conflict, match="changed since"):
        returns.confirm_return(actor=matching.finance_officer(), returned=made, at=moment)
    holds.doubt(actor=officer, campaign=campaign, reason="A letter came.", at=moment)
    returns.withdraw_return(actor=officer, returned=made, reason="Anew.", at=moment)
    with pytest.raises(Conflict, match="held back"):
        returns.propose_return(actor=officer, campaign=campaign, reason="No.", at=moment)


def test_the_desk_shows_who_gets_what_before_it_is_confirmed_m7(at: datetime, client: Client) -> None:
    campaign, moment = together(at)
    cancel(campaign.project, moment)
    client.force_login(matching.finance_officer())
    typed = {"campaign": str(campaign.pk), "reason": "The ground is polluted."}
    assert client.post(reverse("admin:payouts_return_add"), typed).status_code == 302
    made = Return.objects.get()
    listed = client.get(reverse("admin:payouts_return_changelist")).content.decode()
    plan = reverse("admin:payouts_return_change", args=[made.pk])
    assert plan in listed
    page = client.get(plan).content.decode()
    for pledge in campaign.pledges.all():
        assert str(pledge.person) in page
    # The same officer can't confirm it from the list either.
    asked = {"action": "confirm_return", "_selected_action": [str(made.pk)], "confirmed": "1"}
    client.post(reverse("admin:payouts_return_changelist"), asked)
    made.refresh_from_db()
    assert made.state == "proposed"


# What a proposal meets, by the state of the project: refused in every one but these two.
CELLS = dict.fromkeys(ProjectState.values, "given up or cancelled") | {
    ProjectState.FAILED: "",
    ProjectState.CANCELLED: "",
}


def test_only_what_an_ended_project_left_goes_back_so(at: datetime) -> None:
    campaign, moment = together(at)
    officer = matching.finance_officer()
    for state, refusal in CELLS.items():
        with transaction.atomic():
            Project.objects.filter(pk=campaign.project_id).update(state=state)
            try:
                returns.propose_return(actor=officer, campaign=campaign, reason="Over.", at=moment)
                met = ""
            except Conflict as conflict:
                met = str(conflict.detail)
            transaction.set_rollback(True)
        assert (refusal in met) if refusal else not met, state
