"""A bench that breaks is told, and does not hide the others."""

import math
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from bench import __main__ as bench
from bench.measure import Figure, at_most, noted


def test_what_could_not_be_measured_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    def run() -> Any:
        yield at_most("P1", "page", 3, "statements", 8)
        raise TypeError

    monkeypatch.setitem(sys.modules, "bench.broken", SimpleNamespace(run=run))  # type: ignore[arg-type]
    good, broken = bench._figures("broken")
    assert good.holds
    assert not broken.holds
    assert not broken.measured
    assert "TypeError" in str(broken)


def test_a_figure_without_a_floor_holds() -> None:
    assert noted("P1", "page", 3, "×").holds
    assert not Figure("P1", "page", math.nan, "", "", False).measured
