"""What the site's search finds of projects."""

from django.utils.translation import gettext_lazy as _

from civic.core.search import Search, SearchGroup, groups
from projects.proposals.models import Project
from projects.proposals.queries.listing import cards, search_projects


def projects(search: Search) -> list[Project]:
    """Listed projects whose title, pitch or place are like the query: two statements."""
    rank = {key: place for place, key in enumerate(search_projects(search.query, most=search.most))}
    rows = cards(Project.objects.listed()).filter(pk__in=list(rank))
    return sorted(rows, key=lambda project: rank[project.pk])


groups.register(SearchGroup(10, "projects", _("Projects"), "proposals/_found.html", projects))
