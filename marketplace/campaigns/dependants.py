"""Campaigns follow the end of their project."""

from marketplace.campaigns import locking
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.closing import end_with_project
from projects.proposals.endings import Dependant, dependants
from projects.proposals.models import Project


def lock(project: Project) -> None:
    """All its campaigns, before the project itself."""
    locking.lock_campaigns(Campaign.objects.filter(project=project))


dependants.register(Dependant("campaigns", lock, end_with_project))
