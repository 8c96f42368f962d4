"""Figures of what people share: who reads them is always known, and nobody reads them while they rest."""

from typing import Any

import pytest
from django.test import Client

from civic.core import clock
from civic.core.errors import Forbidden
from datasets.analytics import embeds, operations
from datasets.analytics.models import SavedQuery
from datasets.catalogue.models import Dataset
from tests.factories import analytics, catalogue, data_access, sharing
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
COUNT: dict[str, Any] = {"measures": [{"take": "count"}]}


def status(saved: SavedQuery, tail: str = "", client: Client | None = None) -> int:
    return int((client or Client()).get(f"{saved.get_absolute_url()}{tail}").status_code)


def test_no_embed_shows_them_and_their_digest_rests_with_them_1128_az3_rx2_az1() -> None:
    purpose = sharing.purpose()
    people = sharing.crowd(purpose, [{"way": one} for one in ["bicycle", "car"] * 8])
    made = sharing.release(purpose)
    assert made.revision
    dataset = Dataset.objects.get(pk=made.revision.dataset_id)
    writer, trees = catalogue.writer(dataset), catalogue.published()
    join = {"dataset": dataset.slug, "on": [{"column": "tree", "equals": "way_to_work"}]}
    alone = analytics.saved(dataset, writer, asked=COUNT)
    beside = analytics.saved(trees, writer, asked=COUNT | {"join": join})
    for saved in (alone, beside):
        with pytest.raises(Forbidden, match="always known"):
            operations.sign_embed(actor=writer, query=saved, days=9, at=clock.now())
        # Signed before this was refused.
        token = embeds.signed(saved, days=9, at=clock.now())
        assert [status(saved, tail) for tail in ("embed/", f"embed/?token={token}")] == [403, 403]
        assert b"Show it on another site" not in visitor(writer).get(saved.get_absolute_url()).content
        assert [status(saved, client=visitor(one)) for one in (None, people[0], writer)] == [403, 403, 200]
    reader = data_access.grant(dataset).person
    assert status(alone, client=visitor(reader)) == 200

    digests = [one.sha256.encode() for one in made.revision.distributions.all()]
    pages = [dataset.get_absolute_url(), made.revision.get_absolute_url()]
    for rests in (False, True):
        for who in (reader, writer):
            content = b"".join(visitor(who).get(page).content for page in pages)
            assert any(one in content for one in digests) is not rests
        if not rests:
            sharing.withdraw(people[0], purpose)


def test_groups_of_what_people_share_show_people_1128_ry15() -> None:
    """Not how many rows there are: each is several people, and one row would look like one of them."""
    purpose = sharing.purpose()
    sharing.crowd(purpose, [{"way": one} for one in ["bicycle", "car"] * 8])
    made = sharing.release(purpose)
    assert made.revision
    dataset = made.revision.dataset
    writer = visitor(catalogue.writer(dataset))
    groups = {"group0_column": "way_to_work"}
    answer = writer.get(f"/data/{dataset.slug}/query/", groups)
    assert answer.context["query"].document()["measures"] == [{"take": "sum", "column": "people"}]
    trees = visitor().get(f"/data/{catalogue.published().slug}/query/", {"group0_column": "tree"})
    assert trees.context["query"].document()["measures"] == [{"take": "count"}]
