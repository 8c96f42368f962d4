"""The city before the first step: people, offices, a call that has come to its funding phase. And walks over it."""

import logging
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache as once
from unittest import mock

import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection, connections
from django.db.models import Q
from django.test import override_settings

from civic.accounts import groups
from civic.accounts.models import Organisation, Person
from projects.calls.models import Phase
from projects.calls.states import PhaseKind
from tests.catalogue.elsewhere import Machine, machine
from tests.clones import Clone, using
from tests.database import Databases
from tests.factories import accounts, calls, matching, sponsors
from tests.simulation import draws, engine, role
from tests.simulation.clock import Clock
from tests.simulation.poison import poisoned_by
from tests.simulation.seeds import seeded
from tests.simulation.slices import load
from tests.simulation.valkey import published_by

# After any moment at which this is run: what PostgreSQL dates by its own clock is due in the city at once.
BEGIN = datetime(2031, 1, 6, 9, tzinfo=UTC)
# One book for cards and bank, so that a transfer pays for the same campaigns.
BANK = {"BANK_BOOK": "demo", "BANK_ACCOUNT": "XX42ALDERMERE0000012345", "PAYOUT_PROVIDER": "demo"}
OURS = ("civic", "projects", "marketplace", "datasets")


@once
def elsewhere() -> Machine:
    """Another machine with catalogues, as long as this process runs."""
    return ExitStack().enter_context(machine())


def settings() -> override_settings:
    """Of each walk."""
    return override_settings(**BANK, OUTGOING_ALSO=[elsewhere().place])


# Nothing follows from mails and the front page's numbers, and what recounts finds what invariants find earlier: one
# walk of ten has them.
ASIDE = frozenset(
    {"make mails", "send mails", "make digests", "count numbers"}
    | {f"recount {what}" for what in ("campaigns", "ledger", "discussions", "support")}
)
WITH_ALL = 0.1


def finance(**more: object) -> draws.Draw:
    """One of the finance officers."""
    return draws.a(Person, only=Q(groups__name=groups.FINANCE_OFFICERS, **more))


def manager() -> draws.Draw:
    """One of the programme managers."""
    return draws.a(Person, only=Q(groups__name=groups.PROGRAMME_MANAGERS))


def populate() -> None:
    """The people and things that verbs begin with."""
    for name in (groups.FINANCE_OFFICERS, groups.PROGRAMME_MANAGERS):
        for _number in range(3):
            accounts.staff(name)
    accounts.staff(groups.MODERATORS)
    accounts.superuser()
    city = accounts.area("Aldermere")
    for _number in range(16):
        accounts.resident(city)
    for kind in (Organisation.Kind.COMMUNITY, Organisation.Kind.BUSINESS, Organisation.Kind.DEPARTMENT):
        for _number in range(2):
            owner = accounts.resident(city)
            made = accounts.organisation(owner, kind=kind)
            if kind == Organisation.Kind.COMMUNITY:
                matching.details(made, owner, BEGIN)
    from tests.simulation.slices import residency

    residency.settle()
    sponsors.issuer()
    call = calls.call(None)
    long = BEGIN + timedelta(days=900)
    Phase.objects.create(call=call, kind=PhaseKind.FUNDING, starts_at=BEGIN - timedelta(days=1), ends_at=long)
    Phase.objects.create(
        call=call, kind=PhaseKind.DELIVERY, starts_at=long, ends_at=long + timedelta(days=600)
    )


@contextmanager
def city_clone(databases: Databases, name: str, *, sql: str = "") -> Iterator[Clone]:
    """A database of its own with the city as it begins, after this SQL; `put_back` makes it that again."""
    load()

    def fill(clone: Clone) -> None:
        with using(clone), settings(), time_machine.travel(BEGIN, tick=False), seeded(-2):
            populate()
            role.prepare()
            if sql:
                with connection.cursor() as cursor:
                    cursor.execute(sql)
        connections.close_all()

    clone = Clone(databases, databases.template(), name, fill=fill)
    clone.make()
    with using(clone):
        yield clone
    clone.drop()


@contextmanager
def walk(clone: Clone, *, without: frozenset[str] = frozenset()) -> Iterator[engine.Walk]:
    """A walk over the city as it begins, by the application's role; these tasks are not run."""
    clone.put_back()
    cache.clear()
    mail.outbox = []
    errors = engine.Errors()
    logs = [logging.getLogger(name) for name in OURS]
    with (
        time_machine.travel(BEGIN, tick=False) as traveller,
        settings(),
        mock.patch.object(logging, "raiseExceptions", False),
    ):
        for log in logs:
            log.addHandler(errors)
        clock = Clock(traveller, BEGIN, without)
        made = engine.Walk(engine.City(clock), errors)
        try:
            with (
                role.as_application(clock),
                connection.execute_wrapper(made.city.changes),
                published_by(clock),
                poisoned_by(clock),
            ):
                yield made
        finally:
            for log in logs:
                log.removeHandler(errors)
            connections.close_all()


def run(
    clone: Clone, seed: str, length: int, *, to_the_end: bool = True
) -> tuple[engine.Walk, engine.Violation | None]:
    """One walk of so many steps and, unless told otherwise, its long end; the violation that stopped it, if any."""
    chance = random.Random(seed)
    without = frozenset() if chance.random() < WITH_ALL else ASIDE
    with walk(clone, without=without) as made:
        try:
            made.wander(chance, length)
            if to_the_end:
                made.end()
        except engine.Violation as violation:
            return made, violation
    return made, None


def replay(
    clone: Clone, steps: list[engine.Step], *, to_the_end: bool, without: frozenset[str] = frozenset()
) -> engine.Violation | None:
    """The violation that these steps lead to."""
    with walk(clone, without=without) as made:
        try:
            for step in steps:
                made.take(step)
            if to_the_end:
                made.end()
        except engine.Violation as violation:
            return violation
    return None
