"""Who declares packages, sponsors, checks and confirms."""

from civic.accounts import groups
from civic.accounts.models import Membership, Organisation
from civic.accounts.roles import Actor, acts_for, in_group, member_of
from civic.core.errors import Forbidden
from marketplace.campaigns.models import Campaign
from marketplace.sponsorship.models import Sponsorship
from projects.proposals.roles import in_team


def acts(actor: Actor | None, organisation: Organisation) -> bool:
    """Owners and managers commit an organisation's money; nobody does for a suspended one."""
    return acts_for(actor, organisation, Membership.Role.OWNER, Membership.Role.MANAGER)


def declares(actor: Actor | None, campaign: Campaign) -> bool:
    """The project's team says what sponsors get."""
    return in_team(actor, campaign.project)


def desk(actor: Actor | None) -> bool:
    """Finance officers and programme managers check sponsors."""
    return in_group(actor, groups.FINANCE_OFFICERS) or in_group(actor, groups.PROGRAMME_MANAGERS)


def checks(actor: Actor | None, sponsorship: Sponsorship) -> bool:
    """The desk, unless the person belongs to the sponsor or to the project's team."""
    if not desk(actor) or member_of(actor, sponsorship.organisation):
        return False
    return not in_team(actor, sponsorship.campaign.project)


def confirms(actor: Actor | None, sponsorship: Sponsorship) -> bool:
    """Whether the benefits were delivered, the sponsor knows, or the desk has seen."""
    return acts(actor, sponsorship.organisation) or checks(actor, sponsorship)


def require(allowed: bool) -> None:
    """Raises Forbidden unless allowed."""
    if not allowed:
        raise Forbidden


def reads(actor: Actor | None, organisation: Organisation) -> bool:
    """Who sees all that an organisation sponsors: who acts for it, the desk, and auditors."""
    return acts(actor, organisation) or desk(actor) or in_group(actor, groups.AUDITORS)
