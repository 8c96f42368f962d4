"""What is left of a fund goes back to its funder, by two people, and can go nowhere else meanwhile (M7)."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.notifications.models import Notification
from marketplace.matching.models import FundReturn, MatchFund
from marketplace.matching.operations import closing, deposits, matching, returns
from marketplace.matching.queries import funds as queries
from marketplace.payments.models import Transfer
from marketplace.payments.operations import advance_transfer
from marketplace.payments.providers import Outcome
from tests.factories import accounts, payments
from tests.factories import matching as made

pytestmark = pytest.mark.django_db


def closed(at: datetime, holds: int = 100_00) -> MatchFund:
    """A ratio fund whose last day has passed, and nobody's money bound in it."""
    fund = made.fund(at - timedelta(days=31), holds=holds)
    closing.end_due(at)
    fund.refresh_from_db()
    return fund


def asked(fund: MatchFund, at: datetime, **fields: object) -> FundReturn:
    known = {
        "actor": made.finance_officer(),
        "holder": "Climate Office",
        "iban": made.IBAN,
        "reason": "Over.",
    }
    return returns.request_return(fund=fund, at=at, **(known | fields))  # type: ignore[arg-type]


def test_the_rest_of_a_fund_goes_back_to_its_funder_m7(at: datetime) -> None:
    fund = closed(at)
    owner = accounts.person()
    accounts.membership(fund.funder, owner, "owner")
    returned = asked(fund, at)
    assert made.balances(fund) == {"available": 100_00}
    returns.approve_return(actor=made.finance_officer(), returned=returned, at=at)
    transfer = Transfer.objects.get()
    assert (transfer.purpose, transfer.destination, transfer.amount_minor) == (
        returned.purpose,
        made.IBAN,
        100_00,
    )
    payments.work(at)
    for _ in range(2):
        events.deliver_pending(at=at)
    returned.refresh_from_db()
    assert (returned.state, made.balances(fund)) == ("settled", {})
    pot = queries.pot(queries.funds(owner).get(pk=fund.pk))
    assert (pot.paid_in.minor, pot.free.minor, pot.returned.minor) == (100_00, 0, 100_00)
    told = Notification.objects.filter(person=owner).values_list("kind", flat=True)
    assert {"fund_return.sent", "fund_return.settled"} <= set(told)
    assert "€100" in Client().get(fund.get_absolute_url()).content.decode()
    payments.assert_whole()
    with pytest.raises(Conflict):
        asked(fund, at)


def test_one_person_alone_sends_nothing_back_m7(at: datetime) -> None:
    fund, officer = closed(at), made.finance_officer()
    returned = asked(fund, at, actor=officer)
    insider = made.finance_officer()
    accounts.membership(fund.funder, insider)
    for person in (officer, insider, accounts.staff("programme-managers"), accounts.person()):
        with pytest.raises(Forbidden):
            returns.approve_return(actor=person, returned=returned, at=at)
    with pytest.raises(Forbidden):
        asked(fund, at, actor=insider)
    with pytest.raises(Conflict):
        asked(fund, at)
    returns.withdraw_return(actor=made.finance_officer(), returned=returned, reason="Other account.", at=at)
    with pytest.raises(IllegalTransition):
        returns.approve_return(actor=made.finance_officer(), returned=returned, at=at)
    assert asked(fund, at).state == "requested"


def test_what_makes_no_sense_is_refused_m7(at: datetime) -> None:
    fund = closed(at)
    for wrong in ({"iban": "DE00"}, {"holder": " "}, {"reason": ""}):
        with pytest.raises(Invalid):
            asked(fund, at, **wrong)
    with pytest.raises(Conflict):
        asked(made.fund(at), at)
    with pytest.raises(Conflict):
        asked(closed(at, holds=0), at)


def test_money_that_is_bound_or_came_free_since_is_not_sent_m7(at: datetime) -> None:
    begun = at - timedelta(days=31)
    fund = made.fund(begun, holds=100_00)
    allocation = made.enrolled(fund, begun, ends_at=at + timedelta(days=9))
    made.gift(allocation.campaign, 30_00, begun)
    matching.match_campaign(allocation.campaign, begun)
    closing.end_due(at)
    with pytest.raises(Conflict):
        asked(fund, at)
    matching.commit_match(allocation.campaign, at)
    returned = asked(fund, at)
    assert returned.amount_minor == 70_00
    matching.reverse_match(allocation.campaign.pledges.get(), at)
    with pytest.raises(Conflict):
        returns.approve_return(actor=made.finance_officer(), returned=returned, at=at)
    returns.withdraw_return(actor=made.finance_officer(), returned=returned, reason="More is free.", at=at)
    assert asked(fund, at).amount_minor == 100_00


def test_what_the_bank_sends_back_is_in_the_fund_again_m7(at: datetime) -> None:
    fund = closed(at)
    returned = asked(fund, at)
    returns.approve_return(actor=made.finance_officer(), returned=returned, at=at)
    payments.work(at)
    events.deliver_pending(at=at)
    advance_transfer(Transfer.objects.get(), Outcome("reverse", failure="account closed"), at=at)
    events.deliver_pending(at=at)
    returned.refresh_from_db()
    assert (returned.state, returned.failure) == ("failed", "account closed")
    assert made.balances(fund) == {"available": 100_00}
    assert queries.pot(queries.funds(returned.requested_by).get(pk=fund.pk)).free.minor == 100_00
    assert asked(fund, at).state == "requested"


def test_a_deposit_entered_before_a_fund_closes_is_confirmed_after_it(at: datetime) -> None:
    fund = made.fund(at - timedelta(days=31), holds=0)
    entered = deposits.enter_deposit(
        actor=made.finance_officer(), fund=fund, amount_minor=7_00, note="Budget", at=at - timedelta(days=2)
    )
    closing.end_due(at)
    with pytest.raises(Conflict):
        deposits.enter_deposit(actor=made.finance_officer(), fund=fund, amount_minor=1, note="Late", at=at)
    deposits.confirm_deposit(actor=made.finance_officer(), deposit=entered, at=at)
    assert asked(fund, at).amount_minor == 7_00


def test_what_was_paid_into_a_fund_that_never_opened_goes_back_m7(at: datetime) -> None:
    fund = made.fund(at, opened=False)
    assert asked(fund, at).amount_minor == 1_000_00
    fund.refresh_from_db()
    assert fund.state == "closed"


def refused(sql: str, *values: object) -> bool:
    """Whether the database says no."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except IntegrityError:
        return True
    return False


def test_the_database_sends_back_by_two_and_no_more_than_is_free_m7(at: datetime) -> None:
    fund = closed(at)
    returned = asked(fund, at)
    send = "UPDATE matching_fundreturn SET state = 'sent', approved_by_id = %s"
    assert refused(send, None)
    assert refused(send, returned.requested_by_id)
    assert refused("UPDATE matching_fundreturn SET amount_minor = 100_01")
    assert refused("UPDATE matching_fundreturn SET destination = 'DE02120300000000202051'")
    assert refused("UPDATE matching_fundreturn SET state = 'settled'")
    assert refused("DELETE FROM matching_fundreturn")
    assert refused(
        """INSERT INTO matching_fundreturn (id, fund_id, amount_minor, holder, destination, failure, state)
           VALUES (gen_random_uuid(), %s, 1, 'x', 'y', '', 'sent')""",
        fund.pk,
    )
    more = FundReturn.objects.create(
        fund=made.fund(at), amount_minor=5, holder="x", destination="y", requested_by=made.finance_officer()
    )
    assert refused(f"{send} WHERE id = %s", made.finance_officer().pk, more.pk)
    assert not refused(f"{send} WHERE id = %s", made.finance_officer().pk, returned.pk)
    # What has gone back can't be promised any more.
    other = made.enrolled(made.fund(at), at)
    assert refused("UPDATE matching_matchfund SET state = 'draft' WHERE id = %s", other.fund_id)
