"""Who may want, offer, answer and confirm help. Nobody answers or confirms their own."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.roles import acts_for, member_of
from civic.core.policies import may, policy
from projects.contributions.models import Contribution
from projects.contributions.states import GIVER_VERBS
from projects.proposals.models import Project
from projects.proposals.roles import in_team

OTHER_SIDE = _("Only the other side can do this: nobody answers or confirms their own help.")


@policy(Project, "want_help", refusal=_("Only the team of the project keeps its wanted list."))
def manages(actor: Person, project: Project) -> bool:
    """The team keeps the wanted list."""
    return in_team(actor, project)


@policy(Project, "see_offers")
def receives(actor: Person, project: Project) -> bool:
    """The team, and who runs the call."""
    return in_team(actor, project) or may(actor, "review", project)


@policy(Contribution, *GIVER_VERBS, refusal=OTHER_SIDE)
def acts_as_giver(actor: Person, contribution: Contribution) -> bool:
    """Who offered; for an organisation, whoever acts for it still."""
    organisation = contribution.organisation
    return _gives(actor, contribution) and (organisation is None or acts_for(actor, organisation))


@policy(Contribution, "accept", "decline", "verify", "send_back", refusal=OTHER_SIDE)
def answers(actor: Person, contribution: Contribution) -> bool:
    """The team or who runs the call, and never who gives."""
    return receives(actor, contribution.want.project) and not _gives(actor, contribution)


@policy(Contribution, "see")
def sees(actor: Person, contribution: Contribution) -> bool:
    """Both sides."""
    return _gives(actor, contribution) or receives(actor, contribution.want.project)


def _gives(actor: Person, contribution: Contribution) -> bool:
    """Whether it is the person's own offer, or one of an organisation that they belong to."""
    organisation = contribution.organisation
    own = contribution.person_id == actor.pk
    return own or (organisation is not None and member_of(actor, organisation))
