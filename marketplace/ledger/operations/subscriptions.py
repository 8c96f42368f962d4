"""Asking for daily roots by mail, confirming it, ending it. Nobody need sign in for it."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from civic.accounts import mail
from civic.core.work import Priority
from marketplace.ledger import subscribing
from marketplace.ledger.models import RootSubscriber


def subscribe(*, address: str, at: datetime) -> RootSubscriber:
    """Notes the address and asks its owner to confirm, at most once a day; a confirmed one gets no mail."""
    subscriber, _made = RootSubscriber.objects.get_or_create(address=address.strip().lower())
    if subscriber.confirmed_at is None:
        link = {"link": subscribing.confirm_link(subscriber)}
        mail.post(
            to=subscriber.address,
            subject=_("Daily roots of the ledger: please confirm"),
            text=render_to_string("ledger/mail/confirm.txt", link),
            key=f"ledger-confirm:{subscriber.pk}:{at.date().isoformat()}",
            at=at,
            priority=Priority.URGENT,
        )
    return subscriber


def confirm(*, subscriber: RootSubscriber, at: datetime) -> None:
    """From now on the address gets every root; confirming again changes nothing."""
    RootSubscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(confirmed_at=at)


def stop(*, subscriber: RootSubscriber) -> None:
    """Forgets the address."""
    RootSubscriber.objects.filter(pk=subscriber.pk).delete()
