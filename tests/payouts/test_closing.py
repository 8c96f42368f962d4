"""An organisation is closed once nothing of it runs: one table over the states of all that it can have (I12)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from civic.accounts.models import Organisation
from civic.accounts.operations import close_organisation
from civic.core.errors import Conflict
from marketplace.matching.models import MatchFund
from marketplace.matching.states import MatchFundState
from marketplace.payouts.models import Approval, Payout
from marketplace.payouts.states import PayoutState
from marketplace.sponsorship.models import Sponsorship
from marketplace.sponsorship.states import SponsorshipState
from projects.contributions.models import Contribution
from projects.contributions.states import ContributionState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, contributions, delivery, matching, proposals, sponsors
from tests.factories.sponsor_payments import dispute, paid_online

pytestmark = pytest.mark.django_db

CLOSES, STAYS = "closes", "stays"
P, C, S, F, Y = ProjectState, ContributionState, SponsorshipState, MatchFundState, PayoutState


def project(organisation: Organisation, at: datetime) -> Project:
    made = proposals.project(organisation=organisation, state=P.FUNDED)
    delivery.milestones(made)
    return made


def contribution(organisation: Organisation, at: datetime) -> Contribution:
    return contributions.contribution(organisation=organisation)


def sponsorship(organisation: Organisation, at: datetime) -> Sponsorship:
    return sponsors.checked(organisation=organisation)


def fund(organisation: Organisation, at: datetime) -> MatchFund:
    return matching.fund(at, holds=0, opened=False, funder=organisation)


def payout(organisation: Organisation, at: datetime) -> Payout:
    """Of a project that has ended, which is another row of the table."""
    before = at - timedelta(days=8)
    paid = matching.organised_project(
        before, author=sponsors.owner_of(organisation), organisation=organisation
    )
    made = matching.requested(at, project=paid)
    Approval.objects.create(
        payout=made, person=matching.finance_officer(), attempt=made.attempt, approved_at=at
    )
    Project.objects.filter(pk=made.campaign.project_id).update(state=P.EVALUATED)
    return made


TABLE: dict[Callable[..., Any], dict[str, str]] = {
    project: {
        **dict.fromkeys([P.DRAFT, P.RETURNED, P.REJECTED, P.UNFUNDED, P.CANCELLED], CLOSES),
        **dict.fromkeys([P.COMPLETED, P.EVALUATED, P.FAILED], CLOSES),
        **dict.fromkeys([P.SUBMITTED, P.OPEN, P.SHORTLISTED, P.FUNDING, P.FUNDED, P.DELIVERING], STAYS),
    },
    contribution: {
        **dict.fromkeys([C.OFFERED, C.DECLINED, C.WITHDRAWN, C.VERIFIED], CLOSES),
        **dict.fromkeys([C.ACCEPTED, C.DELIVERED], STAYS),
    },
    sponsorship: {
        **dict.fromkeys([S.OFFERED, S.CONFLICT_CHECKED, S.CONTRACTED, S.INVOICED, S.PART_PAID], STAYS),
        **dict.fromkeys([S.PAID, S.FULFILLED, S.LAPSED, S.CREDITED], CLOSES),
    },
    fund: {**dict.fromkeys(F, STAYS), F.CLOSED: CLOSES},
    payout: {**dict.fromkeys(Y, STAYS), Y.SETTLED: CLOSES},
}
# The database lets a payout move by its steps alone; it begins requested and approved by one.
STEPS = {
    Y.REQUESTED: [],
    Y.SENT: [Y.APPROVED, Y.SENT],
    Y.SETTLED: [Y.APPROVED, Y.SENT, Y.SETTLED],
    Y.FAILED: [Y.APPROVED, Y.SENT, Y.FAILED],
    Y.REVERSED: [Y.APPROVED, Y.SENT, Y.SETTLED, Y.REVERSED],
}
STATES = {project: P, contribution: C, sponsorship: S, fund: F, payout: Y}
CELLS = [(made, state) for made, states in STATES.items() for state in states]


@pytest.mark.parametrize(("made", "state"), CELLS, ids=lambda one: getattr(one, "__name__", str(one)))
def test_what_runs_keeps_an_organisation_open_i12(made: Callable[..., Any], state: str, at: datetime) -> None:
    owner = accounts.person()
    organisation = accounts.organisation(owner)
    row = made(organisation, at)
    for step in STEPS.get(state, [state]) if made is payout else [state]:
        type(row).objects.filter(pk=row.pk).update(state=step)
    said = ""
    try:
        close_organisation(actor=owner, organisation=organisation, at=at)
    except Conflict as refusal:
        said = str(refusal.detail)
    organisation.refresh_from_db()
    assert TABLE[made][state] == (CLOSES if organisation.state == "closed" else STAYS)
    assert bool(said) == (organisation.state != "closed")


def test_an_invoice_is_paid_or_credited_before_its_organisation_closes_i12(at: datetime) -> None:
    invoice = sponsors.invoiced()
    organisation = invoice.organisation
    owner = sponsors.owner_of(organisation)
    Sponsorship.objects.update(state=S.PAID)
    with pytest.raises(Conflict, match=invoice.number):
        close_organisation(actor=owner, organisation=organisation, at=at)
    sponsors.credited(invoice)
    close_organisation(actor=owner, organisation=organisation, at=at)
    kept = Sponsorship.objects.get()
    assert kept.billing_name  # of an invoice: tax law
    assert invoice.buyer["name"]


def test_a_disputed_payment_of_an_invoice_keeps_its_organisation_1127_o6() -> None:
    invoice, charge = paid_online()
    owner = sponsors.owner_of(invoice.organisation)
    dispute(charge, "dispute")
    with pytest.raises(Conflict, match=f"{invoice.number} is disputed"):
        close_organisation(actor=owner, organisation=invoice.organisation, at=sponsors.AT)
    dispute(charge, "win")
    close_organisation(actor=owner, organisation=invoice.organisation, at=sponsors.AT)


def test_money_in_a_fund_that_is_over_keeps_its_funder_i12(at: datetime) -> None:
    owner = accounts.person()
    funder = accounts.organisation(owner)
    made = matching.fund(at, funder=funder)
    MatchFund.objects.filter(pk=made.pk).update(state=F.CLOSED)
    with pytest.raises(Conflict, match="holds money"):
        close_organisation(actor=owner, organisation=funder, at=at)


def test_closing_deletes_an_unused_account_and_address_and_keeps_the_used_i12(at: datetime) -> None:
    owner = accounts.person()
    organisation = accounts.organisation(owner)
    paid = payout(organisation, at)
    for step in STEPS[Y.SETTLED]:
        Payout.objects.filter(pk=paid.pk).update(state=step)
    matching.details(organisation, owner, at)
    offer = sponsorship(organisation, at)
    Sponsorship.objects.filter(pk=offer.pk).update(state=S.LAPSED)
    close_organisation(actor=owner, organisation=organisation, at=at)
    assert [one.pk for one in organisation.bank_details.all()] == [paid.details_id]
    offer.refresh_from_db()
    assert (offer.billing_name, offer.billing_email, offer.vat_id) == ("", "", "")
