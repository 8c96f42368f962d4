"""P9: the whole catalogue as DCAT-AP, page after page, at three sizes."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db import transaction
from django.test import Client

from bench.measure import Figure, at_most, cpu, growth, noted, sized, statements
from civic.accounts.models import Area
from datasets.catalogue.models import Dataset, Distribution, Revision, Upload
from datasets.catalogue.views import descriptions
from datasets.catalogue.vocabularies import HighValue
from tests.factories import catalogue
from tests.factories.growth import Growth

SIZES = sized((100, 1_000, 3_000), (2, 3, 4))
SQUARE = {"type": "Polygon", "coordinates": [[[10, 50], [11, 50], [11, 51], [10, 50]]]}
NAMES = {"ttl": "Turtle", "jsonld": "JSON-LD"}


def run() -> Iterator[Figure]:
    """CPU and its growth for each format, and the statements of a page."""
    with transaction.atomic():
        area = Area.objects.create(name="Harbour", slug="harbour", boundary=SQUARE)
        catalogue.published(
            area=area,
            first_day=date(2026, 1, 1),
            last_day=date(2026, 2, 1),
            high_value_category=HighValue.ENVIRONMENT,
        )
    city = Growth([Dataset, Upload, Revision, Distribution])
    costs: dict[str, list[float]] = {form: [] for form in NAMES}
    asked = []
    before = 1
    for size in SIZES:
        city.add(range(before, size))
        before = size
        for form in NAMES:
            export = partial(_datasets, form, size)
            assert export() == size
            # As many pages of each size: the garbage collector comes once in ten pages, and not for one alone.
            costs[form].append(cpu(export, times=max(1, SIZES[-1] // size)))
            asked.append(statements(partial(_page, form, 1)))
    for form, name in NAMES.items():
        sizes = f"{SIZES[0]:,} → {SIZES[-1]:,} datasets"
        yield at_most(
            "P9", f"catalogue as {name}, growth {sizes}", growth(SIZES, costs[form]), "exponent", 1.1
        )
        yield noted(
            "P9", f"catalogue as {name}, {SIZES[-1]:,} datasets", costs[form][-1] / SIZES[-1], "ms a dataset"
        )
    yield at_most("P1", "a page of the catalogue as DCAT-AP", max(asked), "statements", 8)
    yield at_most(
        "P1", "the same, statements more for a full page than for a small one", max(asked) - min(asked), "", 0
    )


def _page(form: str, number: int) -> bytes:
    return bytes(Client().get(f"/data/catalog.{form}", {"page": number}).content)


def _datasets(form: str, size: int) -> int:
    """How many datasets all pages have together."""
    pages = range(1, -(-size // descriptions.PAGE) + 1)
    return sum(_page(form, number).count(b"dcat:version") for number in pages)
