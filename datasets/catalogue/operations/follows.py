"""Who wants to hear of a dataset."""

from datetime import datetime

from django.db import transaction

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import NotFound
from civic.core.locking import lock_first
from datasets.catalogue.models import Dataset, Follow


def follow(*, actor: Person, dataset: Dataset, at: datetime) -> None:
    """Follows it from now on; doing so twice changes nothing. Raises NotFound for one that the actor does not see."""
    with transaction.atomic():
        if not Dataset.objects.visible_to(actor).filter(pk=dataset.pk).exists():
            raise NotFound
        row, new = Follow.objects.get_or_create(dataset=dataset, person=actor, defaults={"since": at})
        revived = Follow.objects.filter(pk=row.pk, ended_at__isnull=False).update(ended_at=None, since=at)
        if new or revived:
            # Of the follow and not of the dataset, whose newest event tells what has changed in it.
            events.record("dataset.followed", actor=actor, subject=row, at=at)


def unfollow(*, actor: Person, dataset: Dataset, at: datetime) -> None:
    """Follows no longer."""
    with transaction.atomic():
        if row := lock_first(Follow.objects.running().filter(dataset=dataset, person=actor)):
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            events.record("dataset.unfollowed", actor=actor, subject=row, at=at)
