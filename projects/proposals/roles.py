"""Who is of a project's team: the author, and whoever has accepted a place in it."""

from uuid import UUID

from civic.accounts.roles import Actor
from projects.proposals.models import Project, TeamMember


def in_team(actor: Actor, project: Project) -> bool:
    """Whether the person is the author or has accepted a place in the team."""
    if actor is None or not actor.is_authenticated:
        return False
    if project.author_id == actor.pk:
        return True
    known = project.__dict__.get("people")
    if known is not None:  # read by queries.project_page with the project itself
        return any(row["person_id"] == str(actor.pk) for row in known)
    return TeamMember.objects.filter(project=project, person_id=actor.pk, accepted_at__isnull=False).exists()


def team_of(project: Project) -> set[UUID]:
    """Everybody in the team, to be told of something; the author, unless the account was erased, among them."""
    team = TeamMember.objects.filter(project=project, accepted_at__isnull=False)
    return {person for person in (project.author_id, *team.values_list("person", flat=True)) if person}
