"""The clock's part of match funds."""

from celery import shared_task

from civic.core import clock
from marketplace.matching.models import MatchFund
from marketplace.matching.operations import closing, quadratic_allocation
from marketplace.matching.states import MatchFundState


@shared_task
def end_due() -> int:
    """Freezes or closes the funds whose last day has come; every minute."""
    return closing.end_due(at=clock.now())


@shared_task
def estimate() -> None:
    """Forecasts quadratic funds anew; every ten minutes."""
    for fund in MatchFund.objects.filter(state=MatchFundState.OPEN, rule=MatchFund.Rule.QUADRATIC):
        quadratic_allocation.estimate(fund, at=clock.now())
