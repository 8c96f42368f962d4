"""Saving a way to pay without charging it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Forbidden
from civic.core.states import lock, one_transaction, transition
from marketplace.payments import providers
from marketplace.payments.models import Command, Method, MethodSetup
from marketplace.payments.operations.commands import enqueue_command
from marketplace.payments.providers import Prepared, Saved


def start_setup(
    *, actor: Person, provider: str, purpose: str, at: datetime, return_path: str = ""
) -> MethodSetup:
    """Begins to save a way to pay for a purpose; nothing is charged. Raises Unavailable.

    A setup for the purpose that is still open is returned as it is. How it ends say the events `setup.saved`
    and `setup.failed`; the payload has the purpose.
    """
    with one_transaction():
        own = MethodSetup.objects.filter(person=actor, provider=provider, purpose=purpose)
        existing = own.filter(state__in=["created", "prepared"]).first()
        if existing:
            return existing
        setup = MethodSetup.objects.create(
            book=providers.get(provider).book(),
            provider=provider,
            person=actor,
            purpose=purpose,
            return_path=return_path or reverse("accounts:me"),
        )
        enqueue_command(setup, Command.Verb.SETUP, at)
        events.record("setup.started", actor=actor, subject=setup, at=at, payload={"purpose": purpose})
        return setup


def remove_method(*, actor: Person, method: Method, at: datetime) -> None:
    """Takes a saved way to pay back: nothing is charged to it from now on, and its provider lets go of it.

    What should have been charged to it later fails, and its owner is asked for another way to pay. Raises Forbidden
    for anybody but its owner. One that is removed stays so.
    """
    if method.person_id != actor.pk:
        raise Forbidden
    with transaction.atomic():
        if Method.objects.filter(pk=method.pk, removed_at=None).update(removed_at=at):
            enqueue_command(method, Command.Verb.FORGET, at)
            events.record("method.removed", actor=actor, subject=method, at=at)


def setup_prepared(setup: MethodSetup, prepared: Prepared, *, at: datetime) -> None:
    """Stores where the payer goes on."""
    with transaction.atomic():
        if lock(setup).can("prepare"):
            MethodSetup.objects.filter(pk=setup.pk).update(
                provider_ref=prepared.provider_ref, payer_url=prepared.payer_url
            )
            transition(setup, "prepare", actor=None, at=at)


def advance_setup(setup: MethodSetup, saved: Saved, *, at: datetime) -> None:
    """Keeps the method that the payer saved, or why it failed; while it is open, nothing changes."""
    verb = "save" if saved.provider_ref else "fail" if saved.failure else ""
    with transaction.atomic():
        if not verb or not lock(setup).can(verb):
            return
        changes: dict[str, object] = {"payer_url": "", "failure": saved.failure[:200]}
        if verb == "save":
            changes["method"] = _method(setup, saved)
        MethodSetup.objects.filter(pk=setup.pk).update(**changes)
        transition(setup, verb, actor=None, at=at, payload={"purpose": setup.purpose})


def _method(setup: MethodSetup, saved: Saved) -> Method:
    return Method.objects.create(
        person=setup.person,
        provider=setup.provider,
        provider_ref=saved.provider_ref,
        customer_ref=saved.customer_ref,
        label=saved.label,
    )
