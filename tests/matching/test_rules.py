"""DOMAIN 4 in the database: whoever asks it, a fund never promises what is not in it; deposits take two people."""

from datetime import datetime
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction

from civic.core.errors import Conflict, Forbidden, Invalid
from marketplace.matching.models import Allocation, Deposit
from marketplace.matching.operations import deposits, matching
from tests.factories import accounts, payments
from tests.factories import matching as made


def refused(sql: str, *values: object) -> bool:
    """Whether the database says no."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except IntegrityError:
        return True
    return False


@pytest.mark.django_db
def test_no_more_is_promised_than_was_confirmed(at: datetime) -> None:
    fund = made.fund(at, holds=100_00)
    made.enrolled(fund, at)
    set_aside = "UPDATE matching_allocation SET set_aside_minor = %s, amount_minor = %s"
    assert not refused(set_aside, 100_00, 100_00)
    assert refused(set_aside, 100_01, 100_00)
    assert refused(set_aside, 50_00, 50_01)
    assert refused("UPDATE matching_allocation SET state = 'released'")
    deposits.enter_deposit(actor=made.finance_officer(), fund=fund, amount_minor=1, note="x", at=at)
    assert refused(set_aside, 100_01, 100_00)


@pytest.mark.django_db
def test_a_confirmed_deposit_stays(at: datetime) -> None:
    fund = made.fund(at, holds=100_00)
    for sql in (
        "DELETE FROM matching_deposit",
        "UPDATE matching_deposit SET amount_minor = 1",
        "UPDATE matching_deposit SET confirmed_at = NULL",
    ):
        assert refused(sql)
    officer = made.finance_officer()
    entered = deposits.enter_deposit(actor=officer, fund=fund, amount_minor=5_00, note="x", at=at)
    confirm = "UPDATE matching_deposit SET confirmed_at = %s, confirmed_by_id = %s WHERE id = %s"
    assert refused(confirm, at, officer.pk, entered.pk)
    assert refused(confirm, at, None, entered.pk)
    assert refused(
        """INSERT INTO matching_deposit (id, fund_id, amount_minor, note, confirmed_at)
           VALUES (gen_random_uuid(), %s, 1, 'x', %s)""",
        fund.pk,
        at,
    )
    assert not refused(confirm, at, made.finance_officer().pk, entered.pk)


@pytest.mark.django_db
def test_an_open_fund_keeps_its_terms(at: datetime) -> None:
    made.fund(at)
    for column in ("ratio_bp", "gift_min_minor", "challenge_days", "project_cap_minor"):
        assert refused(f"UPDATE matching_matchfund SET {column} = 7")
    assert not refused("UPDATE matching_matchfund SET summary = 'Shorter.'")


@pytest.mark.django_db
def test_a_deposit_counts_once_another_has_confirmed_it(at: datetime) -> None:
    fund, officer = made.fund(at, holds=0), made.finance_officer()
    entered = deposits.enter_deposit(actor=officer, fund=fund, amount_minor=5_00, note="Budget", at=at)
    assert made.balances(fund) == {}
    with pytest.raises(Forbidden):
        deposits.confirm_deposit(actor=officer, deposit=entered, at=at)
    with pytest.raises(Forbidden):
        deposits.confirm_deposit(actor=accounts.staff("auditors"), deposit=entered, at=at)
    deposits.confirm_deposit(actor=made.finance_officer(), deposit=entered, at=at)
    assert made.balances(fund) == {"available": 5_00}
    with pytest.raises(Conflict):
        deposits.confirm_deposit(actor=made.finance_officer(), deposit=entered, at=at)
    with pytest.raises(Conflict):
        deposits.discard_deposit(actor=officer, deposit=entered, reason="Twice.", at=at)
    with pytest.raises(Invalid):
        deposits.enter_deposit(actor=officer, fund=fund, amount_minor=0, note="Budget", at=at)
    wrong = deposits.enter_deposit(actor=officer, fund=fund, amount_minor=7_00, note="Budget", at=at)
    deposits.discard_deposit(actor=officer, deposit=wrong, reason="Twice.", at=at)
    assert Deposit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_the_last_euros_never_promise_more_than_there_is(at: datetime) -> None:
    """Sixteen campaigns with a gift of ten each; the fund has fifty-five."""
    fund = made.fund(at, holds=55_00)
    campaigns = [made.enrolled(fund, at).campaign for _ in range(16)]
    for campaign in campaigns:
        made.gift(campaign, 10_00, at)
    together, wrong = Barrier(16), []

    def work(place: int) -> None:
        try:
            together.wait()
            matching.match_campaign(campaigns[place], at)
        except Exception as error:  # noqa: BLE001 - whatever a thread dies of is told below
            wrong.append(repr(error))
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=[place]) for place in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    amounts = sorted(Allocation.objects.values_list("amount_minor", flat=True))
    assert amounts == [0] * 10 + [5_00] + [10_00] * 5
    assert made.balances(fund) == {"reserved": 55_00}
    payments.assert_whole()
    print(
        f"16 threads, 55.00 in the fund: {sum(amounts) / 100:.2f} reserved, over: {max(0, sum(amounts) - 5500)}"
    )
