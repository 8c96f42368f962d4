"""A day is written in one way, wherever it is read: forms, addresses, registers, statements."""

import pytest
from django import forms

from civic.core.days import iso_day
from marketplace.payments.statements import BadStatement
from marketplace.payments.statements.lines import day

NO_DAYS = ["20261120", "20261120xx", "2026-11-20xx", "1980-W01-1", "1980-W01", "2026-11-31", "٢٠٢٦-١١-٢٠", ""]


@pytest.mark.parametrize("text", NO_DAYS)
def test_weeks_and_days_without_dashes_are_no_days_s3(text):
    with pytest.raises(ValueError, match="day"):
        iso_day(text)
    with pytest.raises(BadStatement):
        day(text, "Line 1")


@pytest.mark.parametrize("text", [text for text in NO_DAYS if text.isascii() and text])
def test_nor_are_they_in_a_form_s3(text):
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(text)


def test_a_statement_may_name_a_moment_s3():
    assert day("2026-11-20T08:30:00+01:00", "Line 1") == day("2026-11-20", "Line 1")
    with pytest.raises(BadStatement):
        day("2026-11-20Tnoon", "Line 1")
