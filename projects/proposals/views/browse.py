"""The public list of projects, as cards or on the map."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from civic.accounts.models import Area
from civic.core import clock
from civic.core.access import PUBLIC, access
from projects.calls import queries as calls
from projects.proposals import queries
from projects.proposals.forms.filters import FilterForm
from projects.proposals.models import Project


@access(PUBLIC)
def browse(request: HttpRequest) -> HttpResponse:
    """Filter, sort and search; a plain GET, and with htmx only the results move."""
    areas = list(Area.objects.filter(parent__isnull=False))
    form = FilterForm(request.GET, areas=areas, calls=calls.public_calls().prefetch_related(None))
    filters = form.filters()
    context = {"form": form, "chips": form.chips(), "filtered": bool(form.chips()), "as_map": form.as_map}
    context["tabs"] = _tabs(form)
    if form.as_map:
        context |= {"areas": areas, "places": [_place(project) for project in queries.places(filters)]}
    else:
        after = request.GET.get("after", "")
        page = queries.listed(filters, at=clock.now(), after=after)
        context |= {"page": page, "next_href": form.address(after=page.next) if page.next else ""}
        context["first_href"] = form.address() if after else ""
    return render(request, "proposals/browse.html", context)


def _tabs(form: FilterForm) -> list[dict[str, Any]]:
    return [
        {"title": _("List"), "href": form.address(view=""), "current": not form.as_map},
        {"title": _("Map"), "href": form.address(view="map"), "current": form.as_map},
    ]


def _place(project: Project) -> dict[str, Any]:
    return {
        "lat": float(project.latitude or 0),
        "lon": float(project.longitude or 0),
        "title": project.title,
        "href": project.get_absolute_url(),
        "text": project.pitch,
    }
