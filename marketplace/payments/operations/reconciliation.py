"""Comparing what providers hold and pay out with the ledger. A difference is an alarm; nothing corrects itself.

A payout to the city is noted when its provider says so, and settled when the bank's statement shows it.
"""

import logging
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import required
from civic.core.locking import lock_rows
from civic.core.money import Money
from civic.core.policies import require
from marketplace.ledger import queries
from marketplace.ledger.models import Account
from marketplace.payments import accounts, providers
from marketplace.payments.models import Command, Message, Reconciliation, Settlement, StatementLine, Transfer
from marketplace.payments.providers import PaidOut, Provider, Rejected, Unavailable, Unreachable
from marketplace.payments.states import LineState

log = logging.getLogger(__name__)

# What is younger may still be on its way from one side to the other.
SETTLES_WITHIN = timedelta(hours=1)
SUSPENSE_AT_MOST = timedelta(days=3)
# Weekends and holidays; a payout of the same amount further away is another one.
NEAR = timedelta(days=7)


def reconcile(*, at: datetime) -> list[Reconciliation]:
    """Compares each provider and currency; returns what was compared. Logs an error for each difference.

    A provider with fresh commands or messages is left for the next time, and the bank while lines are being matched.
    """
    found = []
    for provider in providers.available():
        fresh = {"provider": provider.name, "done_at": None, "created_at__gt": at - SETTLES_WITHIN}
        is_read = (
            provider.name == accounts.BANK and StatementLine.objects.filter(state=LineState.NEW).exists()
        )
        asked = Command.objects.filter(**fresh).exists() or Message.objects.filter(**fresh).exists()
        if not (is_read or asked):
            found += _provider(provider, at)
    waiting = StatementLine.objects.filter(suspense_minor__gt=0, created_at__lte=at - SUSPENSE_AT_MOST)
    # Parts are understood: they wait for their payer as long as the payment does.
    old = waiting.exclude(state=LineState.PART).count()
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


def note_settlement(paid_out: PaidOut, *, book: str, provider: str, at: datetime) -> None:
    """Keeps what a provider says of a payout to us; it moves nothing in the ledger. One that arrived stays so."""
    with transaction.atomic():
        made, fresh = Settlement.objects.get_or_create(
            provider=provider,
            provider_ref=paid_out.provider_ref,
            defaults={
                "book": book,
                "amount_minor": paid_out.amount.minor,
                "currency": paid_out.amount.currency,
                "arrives_on": paid_out.arrives_on,
                "failed": paid_out.failed,
            },
        )
        if fresh:
            payload = {"provider": provider, "minor": made.amount_minor, "currency": made.currency}
            events.record("settlement.noted", actor=None, subject=made, at=at, payload=payload)
            return
        known = Settlement.objects.filter(pk=made.pk, line=None)
        changed = known.update(arrives_on=paid_out.arrives_on, failed=paid_out.failed)
    if paid_out.failed and not changed:
        log.error("settlement: %s says that %s failed, and a statement shows it", provider, made.provider_ref)


def settle_arrival(line: StatementLine, at: datetime) -> bool:
    """Recognises a line as the one payout that it can be, by amount, day and the provider's name in its text."""
    found = [one for one in _candidates(line) if one.provider.lower() in f"{line.name} {line.text}".lower()]
    if len(found) != 1:
        return False
    there = accounts.bank(line.statement.book, line.currency)
    post_settlement(line, found[0].provider, there, at)
    Settlement.objects.filter(pk=found[0].pk).update(line=line)
    return True


def link_settlement(line: StatementLine, provider: str) -> None:
    """After two people have said that a line is a provider's payout: to the oldest one that it can be."""
    found = next((one for one in _candidates(line) if one.provider == provider), None)
    if found:
        Settlement.objects.filter(pk=found.pk).update(line=line)


def post_settlement(line: StatementLine, provider: str, target: Account, at: datetime) -> None:
    """What was at the provider is in `target` now."""
    book = line.statement.book
    there, key = accounts.at_provider(book, provider, line.currency), f"settlement:{line.digest}"
    accounts.move(
        line.amount, source=there, target=target, kind="settlement", key=key, provider=provider, at=at
    )


def _candidates(line: StatementLine) -> list[Settlement]:
    near = (line.booked_on - NEAR, line.booked_on + NEAR)
    open_ = Settlement.objects.filter(line=None, failed=False, arrives_on__range=near)
    same = {"book": line.statement.book, "amount_minor": line.amount_minor, "currency": line.currency}
    return sorted(lock_rows(open_.filter(**same)), key=attrgetter("arrives_on"))
