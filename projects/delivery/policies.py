"""Who plans, works, hands in and accepts. The steward who accepts is never of the team."""

from civic.accounts.models import Person
from civic.core.policies import may, policy
from projects.delivery.models import Evidence, Milestone
from projects.proposals.models import Project
from projects.proposals.roles import in_team


@policy(Project, "post_update")
def works_on(actor: Person, project: Project) -> bool:
    """The team."""
    return in_team(actor, project)


@policy(Milestone, "work_on")
def works_on_milestone(actor: Person, milestone: Milestone) -> bool:
    """The team: it starts a milestone, shows what is done and hands it in."""
    return in_team(actor, milestone.project)


@policy(Project, "steward")
def stewards(actor: Person, project: Project) -> bool:
    """Who watches over the project for the city: runs the call, and is not of the team."""
    return may(actor, "review", project) and not in_team(actor, project)


@policy(Milestone, "decide")
def decides(actor: Person, milestone: Milestone) -> bool:
    """A steward who brought none of the evidence, even one who has left the team since."""
    if not stewards(actor, milestone.project):
        return False
    return not Evidence.objects.filter(milestone=milestone, person=actor.pk).exists()


@policy(Project, "plan")
def plans(actor: Person, project: Project) -> bool:
    """The team, and the steward with it."""
    return works_on(actor, project) or stewards(actor, project)
