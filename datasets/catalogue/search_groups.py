"""What the site's search finds of datasets."""

from django.utils.translation import gettext_lazy as _

from civic.core.search import Search, SearchGroup, groups
from datasets.catalogue.models import Dataset
from datasets.catalogue.queries import cards, search_datasets


def datasets(search: Search) -> list[Dataset]:
    """Published datasets whose title or description are like the query: two statements."""
    rank = {key: place for place, key in enumerate(search_datasets(search.query, most=search.most))}
    return sorted(cards().filter(pk__in=list(rank)), key=lambda dataset: rank[dataset.pk])


groups.register(SearchGroup(40, "data", _("Data"), "catalogue/_result.html", datasets))
