"""What the list of the bank's lines shows, and the page that asks before something is done with them."""

from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

from marketplace.payments import operations
from marketplace.payments.models import StatementLine
from tests.factories.payments import AT
from tests.payments.bank_files import read, row, table
from tests.payments.test_admin import desk, officers
from tests.payments.test_ways_out import IBAN, line_of

pytestmark = pytest.mark.django_db
__all__ = ["officers"]
LIST = "/admin/payments/statementline/"
OTHER = "GB33BUKB20201555555555"


def pages(officer: Any, line: StatementLine, action: str = "confirm_line_match") -> list[str]:
    """The list, the page that asks, and the line's own."""
    client = desk(officer)
    asked = client.post(LIST, {"action": action, ACTION_CHECKBOX_NAME: [line.pk]})
    answers = (client.get(LIST), asked, client.get(f"{LIST}{line.pk}/change/"))
    return [answer.content.decode() for answer in answers]


@pytest.mark.parametrize("own", [IBAN, "", "000123456789"])
def test_the_account_that_money_goes_back_to_is_shown_1127_oc8(officers: Any, own: str) -> None:
    """Also where the line names it: the second person had nothing to compare."""
    line = line_of(officers[0], "30.00", text="whose?", iban=own)
    typed = {} if own == IBAN else {"holder": "Grace Hopper", "iban": OTHER}
    operations.propose_line_match(
        actor=officers[0], line=line, proposal="return", reason="They rang", at=AT, **typed
    )
    for page in pages(officers[1], line):
        assert (f"Ada Payer {IBAN}" if own == IBAN else f"Grace Hopper {OTHER}") in page


def test_nothing_goes_back_of_what_has_left_1127_oc8(officers: Any) -> None:
    line = line_of(officers[0], "-30.00", text="a fee?", iban=IBAN)
    assert not any(f"Ada Payer {IBAN}" in page for page in pages(officers[1], line))


def test_the_number_that_the_form_asks_for_is_shown_1127_oc15(officers: Any) -> None:
    """Two files with three equal lines: which of them may be the same as which?"""
    rows = [row("45.00", text="Carl", number=number) for number in (1, 2, 3)]
    lines = list(read(officers[0], table(*rows)).lines.all())
    again = line_of(officers[0], "45.00", text="Carl", number="4")
    StatementLine.objects.filter(pk=again.pk).update(duplicate_of=lines[1])
    shown = pages(officers[1], again, "propose_line_match")
    assert all(str(again.pk) in page.replace(f'value="{again.pk}"', "") for page in shown)
    for page in shown[:2]:
        assert f"({lines[1].pk})" in page
