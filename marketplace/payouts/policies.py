"""Who is paid, and who pays out."""

from typing import Any

from civic.accounts.models import Membership, Organisation
from civic.accounts.roles import acts_for
from civic.core.errors import Forbidden
from marketplace.payouts.models import Payout


def keeps_details(actor: Any, organisation: Organisation) -> bool:
    """Owners of the organisation: the account that money goes to is theirs to name."""
    return acts_for(actor, organisation, Membership.Role.OWNER)


def require_details(actor: Any, organisation: Organisation) -> None:
    """Raises Forbidden for everybody else."""
    if not keeps_details(actor, organisation):
        raise Forbidden


def has_part(actor: Any, payout: Payout) -> bool:
    """Whether the person has a part in who is paid: nobody decides on money for their own organisation."""
    organisation = payout.campaign.project.organisation
    if organisation and Membership.objects.filter(organisation=organisation, person=actor.pk).exists():
        return True
    project = payout.campaign.project
    return project.author_id == actor.pk or project.team.filter(person=actor.pk).exists()
