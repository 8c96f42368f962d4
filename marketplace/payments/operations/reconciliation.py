"""Comparing what providers say they hold with the ledger. A difference is an alarm; nothing corrects itself."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import required
from civic.core.money import Money
from civic.core.policies import require
from marketplace.ledger import queries
from marketplace.ledger.models import Account
from marketplace.payments import accounts, providers
from marketplace.payments.models import Command, Message, Reconciliation, Settlement, StatementLine, Transfer
from marketplace.payments.providers import Provider, Rejected, Unavailable, Unreachable

log = logging.getLogger(__name__)

# What is younger may still be on its way from one side to the other.
SETTLES_WITHIN = timedelta(hours=1)
SUSPENSE_AT_MOST = timedelta(days=3)


def reconcile(*, at: datetime) -> list[Reconciliation]:
    """Compares each provider and currency; returns what was compared. Logs an error for each difference.

    A provider with fresh commands or messages is left for the next time.
    """
    found = []
    for provider in providers.available():
        fresh = {"provider": provider.name, "done_at": None, "created_at__gt": at - SETTLES_WITHIN}
        if not (Command.objects.filter(**fresh).exists() or Message.objects.filter(**fresh).exists()):
            found += _provider(provider, at)
    old = StatementLine.objects.filter(suspense_minor__gt=0, created_at__lte=at - SUSPENSE_AT_MOST).count()
    if old:
        log.error("suspense: %s movements have waited for more than three days to be understood", old)
    return found


def _provider(provider: Provider, at: datetime) -> list[Reconciliation]:
    code = accounts.BANK if provider.name == accounts.BANK else f"provider/{provider.name}"
    found = []
    for account in Account.objects.filter(book=provider.book(), code=code):
        try:
            theirs = provider.balance(account.currency)
        except (Unreachable, Unavailable, Rejected) as error:
            log.warning("%s could not be reconciled: %s", provider.name, error)
            continue
        if theirs is not None:
            found.append(_compare(provider.name, account, theirs, at))
    return found


def _compare(name: str, account: Account, theirs: Money, at: datetime) -> Reconciliation:
    before = Reconciliation.objects.filter(provider=name, book=account.book, currency=account.currency)
    last = before.order_by("-at").first()
    with transaction.atomic():
        now = Reconciliation.objects.create(
            provider=name,
            book=account.book,
            currency=account.currency,
            theirs_minor=theirs.minor,
            ours_minor=(queries.balance(account) + _on_its_way(name, account)).minor,
            at=at,
        )
        if not now.difference:
            return now
        log.error("reconciliation: %s and the ledger differ by %s", name, now.difference)
        if last is None or last.difference != now.difference:
            payload = {"provider": name, "minor": now.difference.minor, "currency": now.currency}
            events.record("reconciliation.differed", actor=None, subject=now, at=at, payload=payload)
        return now


def _on_its_way(name: str, account: Account) -> Money:
    """Transfers that the ledger has let go and the provider has not; less what the provider has let go and the ledger
    has not, because no statement shows it yet.
    """
    same = Q(provider=name, book=account.book, currency=account.currency)
    leaving = Transfer.objects.filter(same, state__in=["requested", "sent"])
    arriving = Settlement.objects.filter(same, line=None, failed=False)
    return Money(_total(leaving) - _total(arriving), account.currency)


def _total(rows: QuerySet[Any]) -> int:
    return int(rows.aggregate(total=Sum("amount_minor", default=0))["total"])


def explain_difference(*, actor: Person, reconciliation: Reconciliation, reason: str, at: datetime) -> None:
    """Notes why two sums differ. Raises Forbidden, and Invalid without a reason."""
    require(actor, "keep", "books")
    reason = required(reason, _("Say where the difference comes from."))
    with transaction.atomic():
        Reconciliation.objects.filter(pk=reconciliation.pk).update(explanation=reason)
        events.record("reconciliation.explained", actor=actor, subject=reconciliation, at=at, note=reason)
