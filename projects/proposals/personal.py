"""What this slice holds of a person."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation, Person
from civic.accounts.privacy import (
    NonPersonal,
    Personal,
    Text,
    closing_blockers,
    erasure_blockers,
    non_personal,
    personal_data,
)
from civic.accounts.queries import proven_addresses
from civic.core.registry import Hook
from projects.proposals.fields import names
from projects.proposals.models import Picture, Project, ProjectRevision, TeamInvitation, TeamMember
from projects.proposals.states import EDITABLE, ENDED, ProjectState

BELONGS_TO_ALL = _("A project belongs to everybody who takes part; it stays, without your name.")
TEXTS = names(personal=True)
UNDER_WAY = [ProjectState.FUNDING, ProjectState.FUNDED, ProjectState.DELIVERING]
# Nobody relies on the organisation of such a project yet, or any more.
SETTLED = [*EDITABLE, *ENDED, ProjectState.REJECTED, ProjectState.COMPLETED]


def drafts_of(person: Person) -> QuerySet[Project]:
    """What nobody but the author has seen."""
    return Project.objects.filter(author=person, state=ProjectState.DRAFT)


def pictures_of_drafts(person: Person) -> QuerySet[Picture]:
    """Pictures in those drafts; their files go too."""
    return Picture.objects.filter(project__in=drafts_of(person))


def revisions_of(person: Person) -> QuerySet[ProjectRevision]:
    """Revisions that the person handed in."""
    return ProjectRevision.objects.filter(author=person)


def invitations_to(person: Person) -> QuerySet[TeamInvitation]:
    """Invitations that wait for one of the person's addresses."""
    return TeamInvitation.objects.filter(email__in=proven_addresses(person))


def works_alone(person: Person) -> Text | None:
    """The last of a team hands over what money is raised for or spent on: nobody could work on it any more."""
    accepted = TeamMember.objects.filter(accepted_at__isnull=False)
    theirs = Q(author=person) | Q(author=None, pk__in=accepted.filter(person=person).values("project"))
    others = accepted.exclude(person=person).filter(project=OuterRef("pk"))
    under_way = Project.objects.filter(theirs, ~Exists(others), state__in=UNDER_WAY).order_by("pk").first()
    if under_way is None:
        return None
    text = _(
        "You are alone in the team of “%(title)s”. Invite somebody who goes on, or ask the city to end it."
    )
    return text % {"title": under_way.title}


def projects_run(organisation: Organisation) -> Text | None:
    """A project that people have seen and that has not ended is paid through its organisation."""
    running = (
        Project.objects.filter(organisation=organisation).exclude(state__in=SETTLED).order_by("pk").first()
    )
    if running is None:
        return None
    text = _(
        "It stands for the project “%(title)s”. Wait until that has ended, cancel it, or have another one named."
    )
    return text % {"title": running.title}


OURS = [
    Personal(
        model="proposals.Picture",
        person=pictures_of_drafts,
        title=_("Pictures in your drafts"),
        export=("file", "thumb", "alt", "created_at"),
    ),
    Personal(
        model="proposals.Project",
        person=drafts_of,
        title=_("Your drafts"),
        export=(*TEXTS, "created_at", "updated_at"),
    ),
    Personal(
        model="proposals.Project",
        person="author",
        title=_("Your projects"),
        export=("call", *TEXTS, "state", "cost_minor", "currency", "created_at", "submitted_at", "opened_at"),
        anonymise={"author": None},
        reason=BELONGS_TO_ALL,
    ),
    Personal(
        model="proposals.ProjectRevision",
        person=revisions_of,
        title=_("What you handed in"),
        export=("project", "number", "made_at", "reason", "content"),
        anonymise={"author": None},
        reason=BELONGS_TO_ALL,
    ),
    Personal(
        model="proposals.TeamMember",
        person="person",
        title=_("Teams you are in"),
        export=("project", "role", "accepted_at"),
    ),
    Personal(
        model="proposals.TeamInvitation",
        person="invited_by",
        title=_("Team invitations you sent"),
        export=("project", "email", "role", "created_at"),
    ),
    Personal(
        model="proposals.TeamInvitation",
        person=invitations_to,
        title=_("Team invitations you received"),
        export=("project", "email", "role", "created_at"),
    ),
    Personal(
        model="proposals.Support",
        person="person",
        title=_("Projects you support"),
        export=("project", "created_at"),
    ),
]

personal_data.register(*OURS)
non_personal.register(
    NonPersonal(
        "proposals.Project", ("currency", "ballot_number", "slug", "hidden_for"), "codes and numbers"
    ),
    NonPersonal("proposals.CostLine", ("label",), "what money is for"),
    NonPersonal("proposals.ParticipantGoal", ("name", "brings", "wants"), "what groups bring to a project"),
)
erasure_blockers.register(Hook("works-alone", works_alone))
closing_blockers.register(Hook("projects-run", projects_run))
