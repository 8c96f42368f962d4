"""VAT of sponsorships: domestic at the issuer's rate, to a business elsewhere in the EU as reverse charge.

VAT numbers are checked by their form and check digits, country by country (python-stdnum): whether a number is given
out to somebody, only the country's register knows, and the finance officer looks there.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from stdnum.eu import vat

from civic.core.errors import Invalid
from marketplace.invoicing.models import Invoice, Issuer

# “XI” is the prefix of Northern Ireland in the trade of goods, and no country that a service goes to.
EU = frozenset(country.upper() for country in vat.MEMBER_STATES) - {"XI"}
PREFIX_OF = {"GR": "EL"}  # Greece writes EL
WHOLE = 10_000
Category = Invoice.VatCategory


@dataclass(frozen=True)
class Vat:
    """What VAT an amount bears: the kind (EN 16931), the rate in basis points and the minor units of it."""

    category: str
    rate_bp: int
    minor: int


def tidy(vat_id: str) -> str:
    """A VAT number as it is stored: capitals, no blanks, dots or dashes."""
    return re.sub(r"[\s.\-]", "", vat_id).upper()


def check_id(vat_id: str, country: str) -> None:
    """Raises Invalid (`vat_id`) where a tidy number can't be one of this country; empty ones are fine.

    Countries outside the EU have forms of their own, which nobody here knows.
    """
    if not vat_id or country not in EU:
        return
    prefix = PREFIX_OF.get(country, country)
    # What validate() would tidy up was not stored tidy.
    if not (vat_id.startswith(prefix) and vat.is_valid(vat_id) and vat.validate(vat_id) == vat_id):
        raise Invalid(
            vat_id=_("This is no VAT number of this country. It begins with %(prefix)s.") % {"prefix": prefix}
        )


def check_country(country: str, issuer: Issuer) -> None:
    """Raises Invalid (`billing_country`) for a country that is neither the city's own nor, as the city, in the EU."""
    if country != issuer.country and not {country, issuer.country} <= EU:
        raise Invalid(
            billing_country=_(
                "We can't make out invoices to this country here. Write to the city’s finance office first."
            )
        )


def vat_on(net_minor: int, *, issuer: Issuer, country: str, vat_id: str) -> Vat:
    """The VAT on a net amount to a buyer in this country. Raises Invalid as `check_country` does."""
    check_country(country, issuer)
    if country != issuer.country and vat_id:
        return Vat(Category.REVERSE, 0, 0)
    if issuer.vat_rate_bp == 0:
        return Vat(Category.EXEMPT, 0, 0)
    return Vat(Category.STANDARD, issuer.vat_rate_bp, tax(net_minor, issuer.vat_rate_bp))


def tax(net_minor: int, rate_bp: int) -> int:
    """The tax on a net amount in minor units, rounded half up."""
    return (2 * net_minor * rate_bp + WHOLE) // (2 * WHOLE)


def explained(category: str) -> str:
    """Why an invoice bears no VAT, in the words that the law asks for; empty where it does."""
    if category == Category.REVERSE:
        return _(
            "Reverse charge: VAT is to be accounted for by the recipient (Article 196, Directive 2006/112/EC)."
        )
    return _("This supply is exempt from VAT.") if category == Category.EXEMPT else ""
