"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import clock
from datasets.catalogue.models import Series
from datasets.catalogue.operations import datasets
from tests.factories import accounts, catalogue
from tests.whole.scene import ADMIN, EVERYBODY, OWN, OWNER, SIGNED_IN, opens

OPENS = {
    **opens(EVERYBODY, "catalogue:browse", "catalogue:dataset", "catalogue:revision"),
    **opens(EVERYBODY, "catalogue:file", "catalogue:latest", "catalogue:ckan", "catalogue:ckan-3"),
    **opens(EVERYBODY, *(f"catalogue:{name}" for name in ("catalogue", "dcat", "table-schema", "csvw"))),
    **opens(EVERYBODY, "api:datasets", "api:dataset", "api:dataset-revisions"),
    **opens(EVERYBODY, "catalogue:series"),
    **opens(SIGNED_IN, "catalogue:follow"),
    # Without the headers of the protocol, which are refused for everybody alike.
    **opens(SIGNED_IN, "api:files"),
    **opens(OWN, "api:upload"),
    # Who writes for no organisation is told how to come to one.
    **opens(SIGNED_IN, "catalogue:create"),
    **opens(OWN, *(f"catalogue:{name}" for name in ("edit", "upload-new", "step", "series-edit"))),
    **opens(OWN, *(f"catalogue:{name}" for name in ("upload", "confirm", "publish", "discard", "rejected"))),
    **opens(frozenset({OWNER, groups.DATA_STEWARDS, ADMIN}), "catalogue:withdraw"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    publisher = accounts.organisation(owner)
    public = catalogue.published(owner, publisher=publisher)
    draft = catalogue.dataset(owner, publisher=publisher, title="A draft")
    catalogue.revision(draft)
    slug = {"slug": public.slug}
    said = catalogue.said(new_series="Trees by year")
    datasets.describe(actor=owner, dataset=public, said=said, at=clock.now())
    series = Series.objects.get(publisher=publisher)
    return {
        **{f"catalogue:{name}": slug for name in ("dataset", "edit", "follow", "withdraw", "upload-new")},
        **{f"catalogue:{name}": {"slug": series.slug} for name in ("series", "series-edit")},
        "catalogue:step": {"slug": draft.slug},
        "catalogue:revision": {**slug, "number": 1},
        "catalogue:file": {**slug, "number": 1, "form": "csv"},
        "catalogue:latest": {**slug, "form": "parquet"},
        "catalogue:catalogue": {"form": "ttl"},
        "catalogue:dcat": {**slug, "form": "jsonld"},
        **{f"catalogue:{name}": {**slug, "number": 1} for name in ("table-schema", "csvw")},
        "catalogue:ckan": {"name": "package_list"},
        "catalogue:ckan-3": {"name": "status_show"},
        **{
            f"catalogue:{name}": {"key": catalogue.read(public, catalogue.FAULTY).pk}
            for name in ("upload", "confirm", "publish", "discard", "rejected")
        },
        "api:upload": {"key": catalogue.unfinished(draft).pk},
        "api:dataset": slug,
        "api:dataset-revisions": slug,
    }
