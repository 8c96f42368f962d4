"""Datasets are found by what their publishers call them, and narrowed by what they have."""

import pytest

from tests.factories import catalogue
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    """Titles of what the API finds."""
    return [one["title"] for one in visitor().get(f"/api/v1/datasets/?{query}").json()["results"]]


def test_a_dataset_is_found_by_its_keyword_cat_ca25() -> None:
    catalogue.published(
        title="Water levels", description="Measured every hour.", keywords=["river", "Hochwasser"]
    )
    catalogue.published(
        title="Bicycles", description="Counted at the bridges over the rivers.", keywords=["traffic"]
    )
    assert set(found("q=river")) == {"Water levels", "Bicycles"}
    assert found("q=hochwaser") == ["Water levels"]


def test_the_api_is_narrowed_by_format_cat_ca19() -> None:
    catalogue.published(title="Water levels")
    for form in ("csv", "parquet"):
        assert found(f"format={form}") == ["Water levels"]
    assert visitor().get("/api/v1/datasets/?format=xlsx").status_code == 400
