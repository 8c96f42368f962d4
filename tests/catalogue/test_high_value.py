"""What a publisher says about a dataset for catalogues of the EU: a high-value category, and what is recommended."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from civic.accounts.models import Area
from civic.core.errors import Invalid
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.vocabularies import HighValue, Licence
from tests.factories import catalogue
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db


def test_high_value_data_has_a_free_licence(at: datetime) -> None:
    """EU 2023/138: also against a writer who goes around the verb."""
    dataset = catalogue.published(at=at)
    for licence in (Licence.CC_BY_SA, Licence.ODBL):
        with pytest.raises(Invalid) as refused:
            catalogue.said(high_value_category=HighValue.MOBILITY, licence=licence).checked()
        assert "licence" in refused.value.fields
    described = datasets.describe(
        actor=catalogue.writer(dataset),
        dataset=dataset,
        said=catalogue.said(high_value_category=HighValue.MOBILITY, licence=Licence.CC0),
        at=at,
    )
    assert described.high_value_category == "http://data.europa.eu/bna/c_b79e35eb"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_dataset SET licence = %s", [Licence.ODBL])


def test_it_is_chosen_in_the_form_and_stands_on_the_page() -> None:
    dataset = catalogue.published()
    writer, page = visitor(catalogue.writer(dataset)), f"/data/{dataset.slug}/edit/"
    form = {
        "title": dataset.title,
        "description": dataset.description,
        "theme": dataset.theme,
        "frequency": dataset.frequency,
        "access_level": dataset.access_level,
        "high_value_category": HighValue.ENVIRONMENT,
    }
    refused = writer.post(page, form | {"licence": Licence.ODBL})
    assert refused.status_code == 422
    assert "choose CC0 or CC BY" in refused.content.decode()
    assert f'value="{HighValue.ENVIRONMENT}" selected' in refused.content.decode()
    assert writer.post(page, form | {"licence": Licence.CC0}).status_code == 302
    assert "Earth observation and environment" in text_of(visitor(), f"/data/{dataset.slug}/")
    assert f'value="{HighValue.ENVIRONMENT}" selected' in writer.get(page).content.decode()


def test_its_writer_hears_what_is_recommended_and_missing() -> None:
    dataset = catalogue.published(keywords=[])
    writer, page = visitor(catalogue.writer(dataset)), f"/data/{dataset.slug}/"
    assert "also says: keywords, area, first day, last day." in text_of(writer, page)
    assert "recommend" not in text_of(visitor(), page)
    area = Area.objects.create(name="Harbour", slug="harbour-of-this-test")
    days = {"first_day": date(2026, 1, 1), "last_day": date(2026, 2, 1)}
    datasets.describe(
        actor=catalogue.writer(dataset),
        dataset=dataset,
        said=catalogue.said(area=area, **days),
        at=dataset.state_since,
    )
    assert Dataset.objects.get(pk=dataset.pk).undescribed == []
    assert "Its description is complete." in text_of(writer, page)
