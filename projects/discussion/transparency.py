"""How moderation works here, in figures that everybody can see (Digital Services Act, Article 15)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Q
from django.utils.timesince import timesince

from projects.discussion.models import ModerationCase, Report
from projects.discussion.rules import RULES, Category, Rule
from projects.discussion.states import CaseState

PERIOD = timedelta(days=365)


class Median(Aggregate):
    """PostgreSQL's continuous percentile at one half."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass
class Figures:
    """The last twelve months: by house rule, and of all cases."""

    by_rule: list[tuple[Rule, str, int, int]]
    cases: dict[str, Any]
    at: datetime

    @property
    def median(self) -> str:
        """Within which time half of the cases were decided, in words; empty where none was."""
        return timesince(self.at - self.cases["median"], self.at, depth=1) if self.cases["median"] else ""


def figures(at: datetime) -> Figures:
    """Reports and decisions of the last twelve months: three statements."""
    reported = _counts(Report.objects.filter(reported_at__gt=at - PERIOD))
    cases = ModerationCase.objects.filter(reported_at__gt=at - PERIOD)
    acted = _counts(cases.filter(decision__in=[CaseState.HIDDEN, CaseState.EDITED]))
    rows = [
        (rule, str(Category(name).label), reported.get(name, 0), acted.get(name, 0))
        for name, rule in RULES.items()
    ]
    totals = cases.aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=Q(state=CaseState.REPORTED)),
        hidden=Count("pk", filter=Q(decision=CaseState.HIDDEN)),
        edited=Count("pk", filter=Q(decision=CaseState.EDITED)),
        kept=Count("pk", filter=Q(decision=CaseState.KEPT)),
        appealed=Count("pk", filter=Q(appealed_at__isnull=False)),
        overturned=Count("pk", filter=Q(state=CaseState.OVERTURNED)),
        median=Median(F("decided_at") - F("reported_at"), output_field=DurationField()),
    )
    return Figures(rows, totals, at)


def _counts(rows: Any) -> dict[str, int]:
    return dict(rows.order_by().values_list("category").annotate(count=Count("pk")))
