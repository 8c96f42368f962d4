from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.db.models import Sum

from civic.pages.models import Numbers
from civic.pages.queries import NUMBERS_KEY
from projects.discussion.models import Comment
from projects.proposals.models import Project
from projects.proposals.states import ProjectState


def count_numbers(*, at: datetime) -> Numbers:
    """Counts the live numbers anew, by the definitions that `Numbers` gives, and shows them from now on."""
    listed = Project.objects.listed()
    # By the published results: having won, a project may fail or miss its goal; the money was decided all the same.
    won = listed.filter(result__won=True, currency=settings.CURRENCY).exclude(state=ProjectState.CANCELLED)
    confirmed = EmailAddress.objects.filter(verified=True, user__is_active=True, user__erased_at=None)
    counted, _made = Numbers.objects.update_or_create(
        pk=1,
        defaults={
            "projects": listed.count(),
            "people": confirmed.values("user").distinct().count(),
            "money_minor": won.aggregate(sum=Sum("cost_minor"))["sum"] or 0,
            "currency": settings.CURRENCY,
            "comments": Comment.objects.shown().filter(project__in=listed).count(),
            "counted_at": at,
        },
    )
    cache.delete(NUMBERS_KEY)
    return counted
