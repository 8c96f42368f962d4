"""Who drafts, opens and cancels a campaign, and whose pledge it is."""

from civic.accounts.models import Person
from civic.core.policies import may, policy
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.states import CampaignState
from projects.proposals.models import Project
from projects.proposals.roles import in_team


@policy(Project, "draft_campaign")
def drafts(actor: Person, project: Project) -> bool:
    """The team writes its campaigns."""
    return in_team(actor, project)


@policy(Campaign, "edit")
def edits(actor: Person, campaign: Campaign) -> bool:
    """The team."""
    return in_team(actor, campaign.project)


@policy(Campaign, "open")
def runs(actor: Person, campaign: Campaign) -> bool:
    """Who runs the call; nobody does for a project of their own."""
    return may(actor, "review", campaign.project) and not in_team(actor, campaign.project)


@policy(Campaign, "cancel")
def cancels(actor: Person, campaign: Campaign) -> bool:
    """The team its draft; once it is open only who runs the call."""
    own_draft = campaign.state == CampaignState.DRAFT and edits(actor, campaign)
    return own_draft or runs(actor, campaign)


@policy(Pledge, "change", "cancel", "stop", "finish", "pay", "name")
def promised(actor: Person, pledge: Pledge) -> bool:
    """The person who promised it, and nobody else."""
    return pledge.person_id == actor.pk
