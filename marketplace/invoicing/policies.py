"""Who pays an organisation's invoices."""

from civic.accounts.models import Membership, Person
from civic.accounts.roles import acts_for
from civic.core.policies import policy
from marketplace.invoicing.models import Invoice


@policy(Invoice, "pay")
def pays(actor: Person, invoice: Invoice) -> bool:
    """Owners and managers of the organisation that it is issued to."""
    return acts_for(actor, invoice.organisation, Membership.Role.OWNER, Membership.Role.MANAGER)
