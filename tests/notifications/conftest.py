"""Kinds of news that exist in these tests only."""

import pytest

from civic.notifications import kinds
from tests.factories.notifications import KINDS


@pytest.fixture(autouse=True)
def test_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registers them beside the real ones."""
    monkeypatch.setattr(kinds, "_kinds", {**kinds._kinds, **KINDS})
