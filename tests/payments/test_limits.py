"""What one payment can be is said by the provider, and refused before anything is charged (M15)."""

from datetime import datetime

import pytest

from civic.core.errors import Invalid
from civic.core.money import Money
from marketplace.campaigns.forms.pledges import PledgeForm
from marketplace.campaigns.operations import pledges
from marketplace.payments import providers
from marketplace.payments.models import Charge, MethodSetup
from tests.factories import accounts
from tests.factories.campaigns import open_campaign, promise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


@pytest.mark.parametrize(
    ("name", "minor", "currency", "says"),
    [
        ("stripe", 50, "EUR", ""),
        ("stripe", 49, "EUR", "at least"),
        ("stripe", 999_999_99, "EUR", ""),
        ("stripe", 1_000_000_00, "EUR", "€999,999.99 at most"),
        ("stripe", 1_000_000, "ISK", "at most"),  # it counts hundredths of a krona
        ("bank", 999_999_999_99, "EUR", ""),
        ("bank", 1_000_000_000_00, "EUR", "at most"),
        ("unknown", 9 * 10**14, "EUR", ""),
    ],
)
def test_a_provider_says_what_it_takes_m15(name: str, minor: int, currency: str, says: str) -> None:
    found = str(providers.abilities_of(name).why_not(Money(minor, currency)))
    assert says in found
    assert bool(found) == bool(says)


def test_a_pledge_that_its_way_to_pay_cannot_pay_is_refused_at_the_form_m15(at: datetime) -> None:
    campaign = open_campaign(at=at, pledge_min_minor=10)
    for other, words in (("1000000", "at most"), ("0.20", "at least")):
        sent = {"amount": "other", "other": other, "frequency": "once", "provider": "demo"}
        form = PledgeForm(sent, campaign=campaign)
        assert words in form.errors["other"][0]
        with pytest.raises(Invalid, match=words):
            promise(campaign, Money.parse(other, "EUR").minor, at=at, person=accounts.person())
    assert not Charge.objects.exists()
    assert not MethodSetup.objects.exists()


def test_a_pledge_is_not_raised_to_what_its_way_to_pay_cannot_pay_m15(at: datetime) -> None:
    made = promise(open_campaign(at=at), 25_00, at=at)
    with pytest.raises(Invalid, match="at most"):
        pledges.change_pledge(actor=made.person, pledge=made, amount=Money(10**9, "EUR"), at=at)
