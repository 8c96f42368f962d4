"""Who declares packages, sponsors, checks and confirms."""

from civic.accounts import groups
from civic.accounts.models import Membership, Organisation, Person
from civic.accounts.roles import acts_for, in_group, member_of
from civic.core.policies import policy
from marketplace.campaigns.models import Campaign
from marketplace.sponsorship.models import Sponsorship
from projects.proposals.roles import in_team


@policy(Organisation, "sponsor_for")
def acts(actor: Person, organisation: Organisation) -> bool:
    """Owners and managers commit an organisation's money; nobody does for a suspended one."""
    return acts_for(actor, organisation, Membership.Role.OWNER, Membership.Role.MANAGER)


@policy(Sponsorship, "withdraw", "contract")
def sponsors(actor: Person, sponsorship: Sponsorship) -> bool:
    """Owners and managers of the sponsor."""
    return acts(actor, sponsorship.organisation)


@policy(Campaign, "declare_packages")
def declares(actor: Person, campaign: Campaign) -> bool:
    """The project's team says what sponsors get."""
    return in_team(actor, campaign.project)


@policy(Sponsorship, "handle")
def handles(actor: Person, sponsorship: object) -> bool:
    """Finance officers and programme managers are the desk for sponsors."""
    return in_group(actor, groups.FINANCE_OFFICERS, groups.PROGRAMME_MANAGERS)


@policy(Sponsorship, "check", "contract_on_paper")
def checks(actor: Person, sponsorship: Sponsorship) -> bool:
    """The desk, unless the person belongs to the sponsor or to the project's team."""
    if not handles(actor, sponsorship) or member_of(actor, sponsorship.organisation):
        return False
    return not in_team(actor, sponsorship.campaign.project)


@policy(Sponsorship, "fulfil")
def confirms(actor: Person, sponsorship: Sponsorship) -> bool:
    """Whether the benefits were delivered, the sponsor knows, or the desk has seen."""
    return sponsors(actor, sponsorship) or checks(actor, sponsorship)


@policy(Organisation, "read_sponsorships")
def reads(actor: Person, organisation: Organisation) -> bool:
    """Who acts for it, the desk, and auditors see all that an organisation sponsors."""
    council = (groups.FINANCE_OFFICERS, groups.PROGRAMME_MANAGERS, groups.AUDITORS)
    return acts(actor, organisation) or in_group(actor, *council)
