"""Bank details of organisations: who enters them, who is told, and how long the old ones are used."""

from datetime import datetime, timedelta

import pytest

from civic.accounts.models import Membership
from civic.core import events
from civic.core.errors import Forbidden, Invalid
from marketplace.payouts.operations import payouts
from tests.factories import accounts
from tests.factories import matching as made

pytestmark = pytest.mark.django_db


def test_changed_details_wait_and_the_old_ones_are_used_until_then(at: datetime) -> None:
    payout = made.planned(at)
    organisation = payout.campaign.project.organisation
    owner = organisation.memberships.get(role=Membership.Role.OWNER).person
    new = made.details(organisation, owner, at, iban="GB82 WEST 1234 5698 7654 32")
    assert new.usable_from == at + timedelta(days=7)
    payouts.request_payout(actor=made.finance_officer(), payout=payout, at=at)
    assert payout.details.destination == made.IBAN
    payouts.send_back(actor=made.finance_officer(), payout=payout, reason="To the new one.", at=at)
    payouts.request_payout(actor=made.finance_officer(), payout=payout, at=new.usable_from)
    assert payout.details == new


def test_details_are_entered_by_owners_and_checked(at: datetime) -> None:
    owner = accounts.person()
    organisation = accounts.organisation(owner)
    manager = accounts.person()
    accounts.membership(organisation, manager, Membership.Role.MANAGER)
    with pytest.raises(Forbidden):
        made.details(organisation, manager, at)
    for wrong in (
        "DE89370400440532013001",
        "DE98370400440532013000",
        "DE4037040044053",  # right check digits, and too short for Germany
        "XX42ALDERMERE0000012345",  # of no country
        "12",
        "",
        "DE89 3704 0044 0532 0130 0Ä",
    ):
        with pytest.raises(Invalid):
            made.details(organisation, owner, at, iban=wrong)
    first = made.details(organisation, owner, at)
    assert made.details(organisation, owner, at + timedelta(days=3)) == first


def test_all_owners_are_told_of_new_details(at: datetime) -> None:
    owner, other = accounts.person(), accounts.person()
    organisation = accounts.organisation(owner)
    accounts.membership(organisation, other, Membership.Role.OWNER)
    made.details(organisation, owner, at)
    events.deliver_pending(at=at)
    from civic.notifications.models import Notification

    told = Notification.objects.filter(kind="bank_details.entered")
    assert {row.person_id for row in told} == {owner.pk, other.pk}
    assert made.IBAN not in str([(row.topic, row.params, row.detail) for row in told])
