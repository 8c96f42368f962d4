"""Asks the CKAN actions as a stranger's program does."""

from typing import Any

from datasets.catalogue.models import Dataset, Distribution
from tests.visiting import visitor


def asked(action: str, status: int = 200, /, **parameters: Any) -> Any:
    """The result of an action, or its error."""
    sent = visitor().post(f"/api/action/{action}", parameters, content_type="application/json")
    answer = sent.json()
    assert sent.status_code == status, answer
    assert answer["help"].endswith(f"/api/3/action/help_show?name={action}")
    assert answer["success"] is (status == 200)
    return answer["result" if status == 200 else "error"]


def file_of(dataset: Dataset, form: str = "csv", number: int = 1) -> str:
    """The id of a file of a revision."""
    return str(Distribution.objects.get(revision__dataset=dataset, revision__number=number, format=form).pk)
