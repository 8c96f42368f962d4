"""Who is paid, and who pays out."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Membership, Organisation, Person
from civic.accounts.roles import acts_for, member_of
from civic.core.policies import may, policy
from marketplace.campaigns.models import Campaign
from marketplace.payouts.models import Payout, Return


@policy(Organisation, "name_bank_details")
def keeps_details(actor: Person, organisation: Organisation) -> bool:
    """Owners of the organisation: the account that money goes to is theirs to name."""
    return acts_for(actor, organisation, Membership.Role.OWNER)


@policy(Payout, "decide", refusal=_("You have a part in this project; somebody else has to decide."))
def decides(actor: Person, payout: Payout) -> bool:
    """Finance officers without a part in who is paid, not even an invitation: not on money for their own."""
    return _uninvolved(actor, payout.campaign)


def _uninvolved(actor: Person, campaign: Campaign) -> bool:
    project = campaign.project
    if project.organisation and member_of(actor, project.organisation):
        return False
    part = project.author_id == actor.pk or project.team.filter(person=actor.pk).exists()
    return not part and may(actor, "keep", "books")


@policy(Payout, "approve", refusal=_("Somebody else has to approve what you requested."))
def approves(actor: Person, payout: Payout) -> bool:
    """Who decides, but for who requested it."""
    return decides(actor, payout) and payout.requested_by_id != actor.pk


@policy(Campaign, "return_rest", refusal=_("You have a part in this project; somebody else has to decide."))
def returns(actor: Person, campaign: Campaign) -> bool:
    """As `decides`."""
    return _uninvolved(actor, campaign)


@policy(Return, "confirm", refusal=_("Somebody else has to confirm what you proposed."))
def confirms(actor: Person, found: Return) -> bool:
    """As `decides`, but for who proposed it."""
    return _uninvolved(actor, found.campaign) and found.proposed_by_id != actor.pk
