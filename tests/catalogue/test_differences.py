"""What is other than in the revision before is counted when a file is read, and said before it is published."""

from datetime import datetime

import pytest
from django.test import Client

from datasets.catalogue.models import Dataset, Upload
from tests.factories import catalogue

pytestmark = pytest.mark.django_db


def following(dataset: Dataset, content: bytes, at: datetime) -> Upload:
    return catalogue.read(Dataset.objects.get(pk=dataset.pk), content, at=at)


def test_rows_that_came_and_went_are_counted_one_by_one(at: datetime) -> None:
    dataset = catalogue.published(content=b"a,b\n1,x\n1,x\n2,y\n3,z\n", at=at)
    one = following(dataset, b"a,b\n1,x\n2,y\n3,zz\n4,z\n4,z\n", at)
    assert (one.found or {})["difference"] == {
        "from": 1,
        "columns": {"added": [], "removed": [], "changed": []},
        "rows": {"added": 3, "removed": 2},
    }
    made = catalogue.publish(one, at=at)
    assert made.difference == (one.found or {})["difference"]
    assert dataset.revisions.get(number=1).difference is None


def test_other_columns_are_named_and_rows_compared_by_the_common_ones(at: datetime) -> None:
    dataset = catalogue.published(content=b"id,name,old\n1,x,5\n2,y,6\n", at=at)
    one = following(dataset, b"id,new,name\n1,9,x\n2,9,y\n2.5,8,x\n", at)
    difference = (one.found or {})["difference"]
    assert difference["columns"] == {
        "added": ["new"],
        "removed": ["old"],
        "changed": [["id", "integer", "number"]],
    }
    assert difference["rows"] == {"added": 1, "removed": 0}


def test_of_nothing_in_common_no_row_is_compared(at: datetime) -> None:
    dataset = catalogue.published(content=b"a,b\n1,x\n", at=at)
    assert (following(dataset, b"c,d\n1,x\n", at).found or {})["difference"]["rows"] is None


def test_a_revision_that_came_in_between_makes_it_unknown(at: datetime) -> None:
    dataset = catalogue.published(content=b"a\n1\n", at=at)
    first, second = (following(dataset, content, at) for content in (b"a\n1\n2\n", b"a\n1\n3\n"))
    catalogue.publish(first, at=at)
    assert catalogue.publish(second, at=at).difference is None


def test_it_is_seen_before_publishing_and_afterwards(at: datetime, client: Client) -> None:
    dataset = catalogue.published(content=b"a,b\n1,x\n2,y\n", at=at)
    one = following(dataset, b"a,c\n1,x\n", at)
    client.force_login(catalogue.writer(dataset))
    before = client.get(one.get_absolute_url()).content.decode()
    made = catalogue.publish(one, at=at)
    after = Client().get(made.get_absolute_url()).content.decode()
    for page in (before, after):
        assert "Beside revision 1" in page
        assert "Rows that are gone" in page
    assert Client().get(dataset.revisions.get(number=1).get_absolute_url()).status_code == 200
    answer = Client().get(f"/api/v1/datasets/{dataset.slug}/").json()
    assert answer["revision"]["difference"]["columns"]["added"] == ["c"]
