"""The wizard: each step is a page of its own that saves what stands in it, in any order."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from civic.accounts.models import Area
from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may
from projects.calls import queries as calls
from projects.proposals import conditions, operations, readiness
from projects.proposals.forms.rows import CostsForm, GoalsForm
from projects.proposals.forms.steps import IdeaForm, InviteForm, PlaceForm, StartForm, StepForm, StoryForm
from projects.proposals.models import Project
from projects.proposals.states import EDITABLE


def own_project(request: HttpRequest, slug: str) -> Project:
    """A project that the person may write on; anybody else's is not there."""
    project = Project.objects.visible_to(request.user).filter(slug=slug).select_related("call").first()
    if project is None or not may(request.user, "edit", project):
        raise Http404
    return project


@access(PUBLIC)
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """What it takes to propose, and, when signed in, the title and the call to begin with."""
    at = clock.now()
    open_calls = calls.taking_proposals(at)
    chosen = next((call for call in open_calls if call.slug == request.GET.get("call")), None)
    context = {"calls": open_calls, "next_call": None if open_calls else _next(at)}
    if not request.user.is_authenticated or not open_calls:
        return render(request, "proposals/start.html", context)
    initial = {"call": chosen.pk} if chosen else {}
    form = StartForm(request.POST or None, calls=open_calls, initial=initial)
    author = request.user
    if form.accepted(lambda: operations.begin(actor=author, at=at, **form.cleaned_data)):
        return redirect("proposals:edit", form.made.slug, "idea")
    return render(
        request, "proposals/start.html", {**context, "form": form}, status=422 if form.errors else 200
    )


def _next(at: Any) -> Any:
    coming = [(call, call.next_phase(at)) for call in calls.public_calls()]
    planned = [(phase.starts_at, call) for call, phase in coming if phase and phase.kind == "proposals"]
    return min(planned, key=lambda pair: pair[0])[1] if planned else None


class Step:
    """One step for one request. Subclasses say which form it has and which operation saves it."""

    title: ClassVar[str | Promise]
    lead: ClassVar[str | Promise] = ""
    name: ClassVar[str]
    terms: ClassVar[bool] = False  # whether supporters may withdraw over a change of it

    def __init__(self, request: AuthenticatedRequest, project: Project) -> None:
        self.request, self.project, self.at = request, project, clock.now()

    def form(self, data: Any = None) -> StepForm:
        """The form, bound to `data` if there is any."""
        raise NotImplementedError

    def save(self, form: StepForm) -> None:
        """One operation."""
        raise NotImplementedError

    def more(self) -> dict[str, Any]:
        """What the template needs besides the form."""
        return {}

    def respond(self) -> HttpResponse:
        """Shows the step, or saves it and goes on."""
        frozen = conditions.frozen(self.project)
        if frozen:
            messages.error(self.request, str(frozen))
            return redirect(self.project)
        return self.saved() if self.request.method == "POST" else self.show(self.form())

    def saved(self) -> HttpResponse:
        """Saves what was sent, or shows it again with what is wrong."""
        form = self.form(self.request.POST.copy())
        return self.onwards() if form.accepted(lambda: self.save(form)) else self.show(form)

    def onwards(self) -> HttpResponse:
        """The next step, the same one for more rows, or out of the wizard."""
        if "more" in self.request.POST:
            return redirect(f"{self.request.path}#more")
        if "exit" in self.request.POST or self.project.state not in EDITABLE:
            messages.success(self.request, _("Saved."))
            return redirect(self.project)
        names = list(STEPS)
        return redirect(step_url(self.project, names[names.index(self.name) + 1]))

    def show(self, form: StepForm) -> HttpResponse:
        """The page of the step; after a conflict it takes the version that is there now, so that one can insist."""
        if form.is_bound and form.non_field_errors():
            form.data["version"] = Project.objects.values_list("version", flat=True).get(pk=self.project.pk)  # type: ignore[index]
        context = wizard_context(self.project, self.name) | self.more() | {"form": form, "step": self}
        return render(
            self.request, f"proposals/step_{self.name}.html", context, status=422 if form.is_bound else 200
        )


def step_url(project: Project, name: str) -> str:
    """Address of a step."""
    return reverse("proposals:edit", args=[project.slug, name])


def wizard_context(project: Project, current: str) -> dict[str, Any]:
    """The stepper, the checklist and the way back, for every page of the wizard."""
    points = readiness.checklist(project)
    draft = project.state in EDITABLE
    names = [name for name in STEPS if draft or name != "preview"]
    place = names.index(current)
    done = {name: readiness.done(points, name) for name in names}
    return {
        "project": project,
        "points": points,
        "missing": readiness.missing(points),
        "draft": draft,
        "back": step_url(project, names[place - 1]) if place else "",
        "steps": [
            {
                "title": STEPS[name].title,
                "href": step_url(project, name),
                "state": "current"
                if name == current
                else "done"
                if done[name] and names.index(name) < place
                else "todo",
            }
            for name in names
        ],
    }


class Described(Step):
    """A step that changes columns of the project."""

    def save(self, form: Any) -> None:
        operations.describe(
            actor=self.request.user, project=self.project, fields=form.described, at=self.at, **form.revision
        )  # fmt: skip


class IdeaStep(Described):
    name, title = "idea", gettext_lazy("Idea")
    lead = gettext_lazy("A title that people remember and one sentence that they can repeat.")

    def form(self, data: Any = None) -> StepForm:
        return IdeaForm(data, project=self.project, actor=self.request.user)


class StoryStep(Described):
    name, title = "story", gettext_lazy("Story")
    lead = gettext_lazy("Tell it as you would tell a neighbour.")

    def form(self, data: Any = None) -> StepForm:
        return StoryForm(data, project=self.project)


class PlaceStep(Described):
    name, title = "place", gettext_lazy("Place")
    lead = gettext_lazy("Where will people see it? A district and a few words are enough.")

    def form(self, data: Any = None) -> StepForm:
        return PlaceForm(data, project=self.project)

    def more(self) -> dict[str, Any]:
        return {"areas": Area.objects.filter(parent__isnull=False)}


class PeopleStep(Step):
    name, title, terms = "people", gettext_lazy("People and goals"), True
    lead = gettext_lazy(
        "A joint project is a bargain: everybody brings something and gets something. Both are public."
    )

    def form(self, data: Any = None) -> StepForm:
        return GoalsForm(data, project=self.project, actor=self.request.user)

    def save(self, form: Any) -> None:
        operations.set_goals(
            actor=self.request.user, project=self.project, goals=form.goals(), at=self.at, **form.revision
        )  # fmt: skip

    def more(self) -> dict[str, Any]:
        team = self.project.team.filter(accepted_at__isnull=False).select_related("person")
        return {"team": team, "invitations": self.project.invitations.order_by("id"), "invite": InviteForm()}


class CostsStep(Step):
    name, title, terms = "costs", gettext_lazy("Costs"), True
    lead = gettext_lazy("Line by line, upkeep included. The sum is what people vote on.")

    def form(self, data: Any = None) -> StepForm:
        return CostsForm(data, project=self.project)

    def save(self, form: Any) -> None:
        operations.set_costs(
            actor=self.request.user, project=self.project, lines=form.lines(), at=self.at, **form.revision
        )  # fmt: skip

    def more(self) -> dict[str, Any]:
        return {"refusal": readiness.cost_refusal(self.project.cost, self.project.call)}


class OtherPage:
    """A step with a page and view of its own."""

    def __init__(self, name: str, title: str | Promise) -> None:
        self.name, self.title = name, title


PAGES: list[type[Step] | OtherPage] = [
    IdeaStep,
    StoryStep,
    PlaceStep,
    PeopleStep,
    CostsStep,
    OtherPage("pictures", gettext_lazy("Pictures")),
    OtherPage("preview", gettext_lazy("Preview")),
]
STEPS = {step.name: step for step in PAGES}


@access(SIGNED_IN)
@never_cache
def edit(request: AuthenticatedRequest, slug: str, step: str) -> HttpResponse:
    """One step of the wizard; works on drafts, and on open projects with a reason that supporters read."""
    kind = STEPS.get(step)
    if not isinstance(kind, type):
        raise Http404
    return kind(request, own_project(request, slug)).respond()
