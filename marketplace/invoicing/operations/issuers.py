"""Who issues the city's invoices."""

from django.utils.translation import gettext as _

from civic.core.errors import Conflict
from marketplace.invoicing.models import Issuer


def current_issuer() -> Issuer:
    """The newest issuer. Raises Conflict where the finance office has entered none."""
    found = Issuer.objects.order_by("-created_at", "-id").first()
    if found is None:
        raise Conflict(_("Sponsoring is not set up yet: the city has entered no issuer of invoices."))
    return found
