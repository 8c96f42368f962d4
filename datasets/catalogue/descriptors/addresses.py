"""Whole addresses of things: descriptions are read far from the site.

Each thing has a name of its own below the page that tells of it, so that nothing is a blank node: the same dataset is
the same text each time, and whoever harvests it twice has it once.
"""

import re
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from civic.accounts.models import Area, Organisation
from datasets.catalogue.models import Dataset, Distribution, Revision, Series

NO_IRI = re.compile(r'[\x00-\x20\x7f<>"{}|\\^`]')


def whole(path: str) -> str:
    """The address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def catalogue_uri() -> str:
    """The catalogue as a thing, which its page is not."""
    return whole(reverse("catalogue:browse")) + "#catalogue"


def dataset_uri(dataset: Dataset) -> str:
    """The dataset, whatever its newest revision is."""
    return whole(dataset.get_absolute_url()) + "#dataset"


def series_uri(series: Series) -> str:
    """The series, whatever is in it."""
    return whole(series.get_absolute_url()) + "#series"


def iri(address: str) -> str:
    """An address of somebody else as an IRI: what none may have is quoted, or it would break the whole catalogue."""
    return NO_IRI.sub(lambda found: quote(found[0]), address)


def distribution_uri(file: Distribution, revision: Revision) -> str:
    """A file of a revision."""
    return f"{whole(revision.get_absolute_url())}#{file.format}"


def organisation_uri(organisation: Organisation) -> str:
    """A publisher, the same for all its datasets."""
    return whole(organisation.get_absolute_url()) + "#organisation"


def contact_page(dataset: Dataset) -> str:
    """Where the publisher is asked."""
    page = dataset.contact_page
    return whole(page) if page.startswith("/") else iri(page)


def area_uri(area: Area) -> str:
    """The city or a district, which has no page."""
    return f"{whole(reverse('catalogue:browse'))}#area-{quote(area.slug)}"
