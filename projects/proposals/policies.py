"""Who may do what with a project."""

from civic.accounts.models import Person
from civic.core.policies import may, policy
from projects.proposals import roles
from projects.proposals.models import Project


@policy(Project, "edit", "submit", "cancel", "invite")
def is_of_team(actor: Person, project: Project) -> bool:
    """The author and the team."""
    return roles.in_team(actor, project)


@policy(Project, "review", "shortlist")
def runs_call(actor: Person, project: Project) -> bool:
    """Whoever runs the call."""
    return may(actor, "review", project.call)


@policy(Project, "support")
def anybody(actor: Person, project: Project) -> bool:
    """Everybody with an account."""
    return True
