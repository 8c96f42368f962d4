"""A bank takes a payment back before anybody has heard that it had arrived (TI7 of 28 November)."""

from typing import Any

import pytest

from marketplace.campaigns.models import CampaignTotal, Pledge
from marketplace.campaigns.operations import totals
from marketplace.invoicing.queries import transfer_for
from marketplace.payments import operations
from marketplace.payments.models import Charge
from tests.factories import accounts, campaigns, sponsors
from tests.factories.campaigns import work
from tests.factories.payments import AT, assert_whole, balances
from tests.payments.bank_files import read, row, table
from tests.payments.test_taken_parts import taken
from tests.payments.test_ways_out import IBAN, both, line_of
from tests.role import role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


@pytest.mark.parametrize("heard", [True, False])
def test_an_invoice_is_asked_for_by_bank_anew_1128_ti7(officer: Any, second: Any, heard: bool) -> None:
    """It was reminded of, and nobody could pay it by transfer."""
    invoice = sponsors.invoiced(sponsors.campaign(rule="keep"))
    work(sponsors.AT)

    def reference() -> str:
        waits = transfer_for(sponsors.fresh(invoice))
        assert waits
        assert waits["amount"] == "€1,190"
        return waits["reference"].replace(" ", "")

    printed = reference()
    content = table(row("1190.00", printed, number="a", iban=IBAN))
    line = operations.import_statement(actor=officer, content=content, at=sponsors.AT).lines.get()
    if heard:
        work(sponsors.AT)
    minus = line_of(officer, "-1190.00", text="reversal", number="m")
    both(officer, second, minus, "taken", target=line)
    with role():
        work(sponsors.AT)
    assert reference() != printed
    # The paper that is out leads there, too.
    read(officer, table(row("1190.00", printed, number="again", iban=IBAN)))
    work(sponsors.AT)
    assert sponsors.fresh(invoice).open_minor == 0
    assert_whole()


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("heard", [True, False])
def test_a_pledge_ends_as_one_that_was_heard_of_1128_ti7(
    officer: Any, second: Any, heard: bool, ended: bool
) -> None:
    """It waited for ever for a payment of which there is no second."""
    campaign = campaigns.open_campaign(at=AT, rule="keep", goal_minor=100)
    lines = []
    for minor in (4000, 2500):
        made = campaigns.pledge_by(accounts.resident(), campaign, minor, at=AT, provider="bank")
        work(AT)
        charge = made.payment
        assert isinstance(charge, Charge)
        charge.refresh_from_db()
        lines += read(officer, table(row(f"{minor / 100:.2f}", charge.provider_ref, iban=IBAN))).lines.all()
        if heard or minor == 4000:
            work(AT)
    taken(officer, second, lines[1])
    if ended:
        campaigns.end(campaign)
    with role():
        work(AT)
    pledge = Pledge.objects.get(pk=charge.purpose.partition(":")[2])
    assert pledge.state == "dropped"
    found = CampaignTotal.objects.get(campaign=campaign)
    assert (found.collected_minor, found.backers) == (4000, 1)
    assert balances()[campaign.account("committed" if ended else "held")] == 4000
    assert totals.recount_all(at=AT) == []
    # Its person may give once more.
    again = campaigns.pledge_by(pledge.person, campaign, 2500, at=AT, provider="bank") if not ended else None
    assert ended or again
    assert_whole()
