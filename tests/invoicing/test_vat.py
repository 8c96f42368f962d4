"""VAT of invoices: rates, rounding, reverse charge, the form of VAT numbers."""

import pytest

from civic.core.errors import Invalid
from marketplace.invoicing import vat
from marketplace.invoicing.models import Issuer
from marketplace.sponsorship.forms import countries
from tests.factories import sponsors
from tests.invoicing.test_invoices import there

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("net", "rate", "tax"),
    [
        (1_000_00, 1900, 190_00),
        (50, 1900, 10),
        (1, 1900, 0),
        (3, 1900, 1),
        (1_000_01, 1900, 190_00),
        (5, 700, 0),
    ],
)
def test_vat_is_rounded_half_up(net: int, rate: int, tax: int) -> None:
    assert vat.tax(net, rate) == tax


def test_reverse_charge_for_a_business_elsewhere_in_the_union() -> None:
    invoice = sponsors.invoiced(billing=sponsors.billing(country="FR", vat_id="FR 40 303.265-045"))
    assert (invoice.vat_category, invoice.vat_rate_bp, invoice.vat_minor) == ("AE", 0, 0)
    assert invoice.buyer["vat_id"] == "FR40303265045"
    assert there(invoice) == {"receivable": 1_000_00, "due": 1_000_00}


def test_without_a_vat_number_the_issuers_rate_holds_everywhere() -> None:
    invoice = sponsors.invoiced(billing=sponsors.billing(country="FR", vat_id=""))
    assert (invoice.vat_category, invoice.vat_minor) == ("S", 190_00)


def test_an_issuer_without_vat() -> None:
    sponsors.issuer(vat_rate_bp=0)
    invoice = sponsors.invoiced()
    assert (invoice.vat_category, invoice.gross_minor) == ("E", 1_000_00)


@pytest.mark.parametrize(
    ("number", "country", "fine"),
    [
        ("DE123456788", "DE", True),
        ("DE123456789", "DE", False),  # its check digit is wrong
        ("DE 123456788", "DE", False),  # only tidy ones
        ("EL094259216", "GR", True),
        ("GR094259216", "GR", False),
        ("ATU13585627", "AT", True),
        ("AT13585627", "AT", False),
        ("NL123456782B90", "NL", True),
        ("DE123456788", "FR", False),
        ("DE١٢٣٤٥٦٧٨٨", "DE", False),
        ("CHE123", "CH", True),
    ],
)
def test_the_form_of_vat_numbers(number: str, country: str, fine: bool) -> None:
    if fine:
        vat.check_id(number, country)
    else:
        with pytest.raises(Invalid):
            vat.check_id(number, country)


def test_every_country_that_can_be_chosen_has_a_name() -> None:
    offered = countries(Issuer(country="DE"))
    assert len(offered) == 27
    assert [code for code, name in offered if code == name] == []
