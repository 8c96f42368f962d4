"""The clock's part of match funds."""

from datetime import datetime

from celery import shared_task

from civic.core import clock, row_steps
from marketplace.matching.models import MatchFund
from marketplace.matching.operations import closing, quadratic_allocation
from marketplace.matching.states import MatchFundState


@shared_task
def end_due() -> int:
    """Freezes or closes the funds whose last day has come; every minute."""
    return closing.end_due(at=clock.now())


@shared_task
def estimate() -> int:
    """Forecasts quadratic funds anew; every ten minutes."""
    at = clock.now()
    rows = MatchFund.objects.filter(state=MatchFundState.OPEN, rule=MatchFund.Rule.QUADRATIC).order_by("pk")
    return row_steps.each("funds to be estimated", rows, lambda fund: _estimate(fund, at), at=at)


def _estimate(fund: MatchFund, at: datetime) -> bool:
    quadratic_allocation.estimate(fund, at=at)
    return True
