"""Answers as charts: what of an answer is drawn, as SVG and as PNG. What is not drawn is said."""

import json
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic.accounts import letters
from datasets.analytics.answers import Answer
from datasets.analytics.models import Chart

FRAME = Path(__file__).with_name("chart.typ")
# Marks that somebody can tell apart.
MOST = {Chart.BARS: 40, Chart.LINE: 500}
LONGEST_LABEL = 80
NUMBERS = ("integer", "number")


@dataclass(frozen=True)
class Picture:
    """A chart: its kind, what it is called, its points as (label, number), where they lie, and what is said of it.

    `positions` are shares of the width, of a line over days that are not evenly spaced; None where they are.
    """

    kind: str
    title: str
    points: list[tuple[str, float]]
    positions: list[float] | None
    said: list[str]


def picture(answer: Answer, kind: str) -> Picture | None:
    """The chart of an answer: its first figure over its groups. None where there is nothing to draw."""
    query, found = answer.cited.query, answer.found
    place = len(query.group)
    if kind not in MOST or not query.is_grouped or found.types[place] not in NUMBERS or not found.rows:
        return None
    figure = found.names[place]
    title = f"{figure} – {', '.join(found.names[:place])}" if place else figure
    drawn = [(_label(row[:place]) or figure, float(row[place] or "nan"), row[0] or "") for row in found.rows]
    finite = [one for one in drawn if math.isfinite(one[1])]
    shown = finite[: MOST[Chart(kind)]]
    said = [answer.cut] if answer.cut else []
    if len(finite) > len(shown):
        words = _("The chart has the first %(shown)d of %(all)d figures; the table has them all.")
        said.append(words % {"shown": len(shown), "all": len(finite)})
    if missing := len(drawn) - len(finite):
        words = ngettext(
            "%(count)d figure is missing and not drawn.",
            "%(count)d figures are missing and not drawn.",
            missing,
        )
        said.append(words % {"count": missing})
    positions = _positions([one[2] for one in shown]) if kind == Chart.LINE and place == 1 else None
    # For the eye: the table has every digit.
    points = [(label, _short(number)) for label, number, _first in shown]
    return Picture(kind, title, points, positions, said)


def _label(cells: Sequence[str | None]) -> str:
    words = " · ".join(_("missing") if cell is None else cell for cell in cells)
    plain = "".join(one if unicodedata.category(one)[0] != "C" else " " for one in words)
    return plain if len(plain) <= LONGEST_LABEL else f"{plain[: LONGEST_LABEL - 1]}…"


def _short(number: float) -> float:
    rounded = float(f"{number:.6g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


def _positions(labels: Sequence[str]) -> list[float] | None:
    """Where days lie between the first and the last; None where these are no days in their order."""
    try:
        days = [date.fromisoformat(one).toordinal() for one in labels]
    except ValueError:
        return None
    if len(days) < 2 or days != sorted(set(days)):
        return None
    return [(day - days[0]) / (days[-1] - days[0]) for day in days]


def svg(answer: Answer, drawn: Picture) -> str:
    """The chart as a file of its own: with its colours, and without a style or a script."""
    tones = letters.letterhead()["tones"]
    context = {"drawn": drawn, "cited": answer.cited, "accent": tones.accent, "soft": tones.soft}
    return render_to_string("analytics/chart.svg", context)


def png(answer: Answer, drawn: Picture) -> bytes:
    """The same with its source below, as a picture."""
    cited = answer.cited
    words = _("%(title)s, revision %(number)d (SHA-256 %(sha)s), %(at)s") % {
        "title": cited.dataset.title,
        "number": cited.revision.number,
        "sha": cited.revision.sha256[:16],
        "at": cited.at.strftime("%Y-%m-%d %H:%M UTC"),
    }
    data = {"said": [*drawn.said, words, f"{settings.SITE_URL}{cited.dataset.get_absolute_url()}"]}
    files = {
        "main": FRAME.read_bytes(),
        "chart.svg": svg(answer, drawn).encode(),
        "data.json": json.dumps(data).encode(),
    }
    # The stubs do not know that several files may be given by name.
    compile_files: Any = typst.compile
    return bytes(compile_files(files, format="png", ppi=144.0))
