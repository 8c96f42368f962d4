"""One project with everything that its page shows, in a single statement."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.files.storage import default_storage
from django.db.models import BooleanField, Exists, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, JSONObject
from django.shortcuts import get_object_or_404

from civic.accounts.models import Person
from civic.accounts.viewers import ViewerKind
from civic.core.columns import expressions, read, rows
from civic.core.compiled import CompiledQuery
from projects.proposals.models import (
    CostLine,
    ParticipantGoal,
    Picture,
    Project,
    Support,
    SupportChange,
    TeamMember,
)

Columns = Callable[[Any], dict[str, Any]]


def project_page(slug: str, actor: Any, columns: tuple[Columns, ...] = ()) -> Project:
    """The project as the actor may see it, with `lines`, `participants`, `people`, `photos` (lists of dicts),
    `supporters` and `supported` (by the actor), and what panels ask for. Raises Project.DoesNotExist.
    """
    return PAGE.get(ViewerKind.of(actor), columns, viewer=actor.pk, slug=slug)


def _page(
    kind: ViewerKind, columns: tuple[Columns, ...], *, viewer: UUID | None, slug: str
) -> QuerySet[Project]:
    actor, mine = kind.stand_in(viewer), OuterRef("pk")
    found = Project.objects.visible_to(actor).filter(slug=slug)
    found = found.select_related("call", "area", "organisation", "author").prefetch_related("call__phases")
    team = TeamMember.objects.filter(project=mine, accepted_at__isnull=False).order_by("accepted_at", "id")
    return found.annotate(
        lines=rows(CostLine.objects.filter(project=mine), "label", "amount_minor"),
        participants=_goals(mine),
        people=rows(team, "person_id", "person__name", "person__erased_at", "role"),
        photos=rows(Picture.objects.filter(project=mine), "file", "thumb", "alt", "width", "height"),
        supporters=F("support_count__supports") + not_yet_counted(),
        supported=supported_by(actor),
        **expressions(columns, actor),
    )


PAGE = CompiledQuery(Project, _page)


def _goals(project: OuterRef) -> ArraySubquery:
    name = Coalesce(F("organisation__name"), F("name"))
    slug = Coalesce(F("organisation__slug"), Value(""))
    columns = JSONObject(name=name, slug=slug, brings=F("brings"), wants=F("wants"))
    return ArraySubquery(ParticipantGoal.objects.filter(project=project).values(json=columns))


def not_yet_counted() -> Coalesce:
    """Support of the last moments, which no count holds yet."""
    total = (
        SupportChange.objects.filter(project=OuterRef("pk"))
        .order_by()
        .values("project")
        .annotate(n=Sum("delta"))
    )
    return Coalesce(Subquery(total.values("n")), 0)


def supported_by(actor: Any) -> Any:
    """Whether the actor supports the project of the row."""
    if not actor.is_authenticated:
        return Value(False, output_field=BooleanField())
    return Exists(Support.objects.filter(project=OuterRef("pk"), person=actor))


def public_project(slug: str) -> Project:
    """The public project at this address; 404 for any other."""
    return get_object_or_404(Project.objects.public(), slug=slug)


def to_support(slug: str, actor: Any) -> Project | None:
    """The project, if the actor may see it, with `supporters` and `supported`."""
    found = Project.objects.visible_to(actor).filter(slug=slug).select_related("call")
    return found.annotate(
        supporters=F("support_count__supports") + not_yet_counted(), supported=supported_by(actor)
    ).first()


def as_supported(project: Project, supported: bool) -> None:
    """Brings `supporters` and `supported` of a project from `to_support` up to what the person just did."""
    was, project.supported = project.supported, supported  # type: ignore[attr-defined]
    project.supporters += int(supported) - int(was)  # type: ignore[attr-defined]


def people_of(project: Project) -> list[tuple[Person, str]]:
    """The author and the team of a project from `project_page`, each with their role; without a statement."""
    team = [(member.person, member.role) for member in read(TeamMember, project.people)]  # type: ignore[attr-defined]
    listed = {person.pk for person, _role in team}
    author = [(project.author, "")] if project.author and project.author_id not in listed else []
    return [*author, *team]


@dataclass(frozen=True)
class Photo:
    """A picture on the project's page: addresses, words, and the size that it will take."""

    full: str
    small: str
    alt: str
    width: int
    height: int

    @property
    def small_height(self) -> int:
        """Its height when it is 640 wide."""
        return round(640 * self.height / self.width) if self.width else 360


def photos_of(project: Project) -> list[Photo]:
    """The pictures of a project from `project_page`, the cover first; without a statement."""
    url = default_storage.url
    return [
        Photo(url(row["file"]), url(row["thumb"]), row["alt"], row["width"], row["height"])
        for row in project.photos  # type: ignore[attr-defined]
    ]


def cover_of(project: Project) -> Photo:
    """The first picture, or the drawn cover."""
    drawn = Photo(project.drawn_cover, project.drawn_cover, "", 960, 540)
    return next(iter(photos_of(project)), drawn)
