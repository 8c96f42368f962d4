"""What workers do for a harvest: read the source as a whole, then take it over record by record.

A record is a transaction of its own, and what was done with it is kept: a worker that is killed leaves the rest to the
next one, and a record that breaks stops no other.
"""

import logging
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from civic.core import clock, work
from civic.core.errors import Refused
from civic.core.locking import lock_row, lock_session
from civic.core.states import transition
from datasets.catalogue.harvest import File, Record, read
from datasets.catalogue.harvest.records import day, moment
from datasets.catalogue.models import Dataset, Harvest, HarvestRecord, HarvestStep
from datasets.catalogue.models.dataset import Datasets
from datasets.catalogue.operations.datasets import locked, take_away
from datasets.catalogue.operations.taking_over import take_over
from datasets.catalogue.states import DatasetState, HarvestState, Outcome

log = logging.getLogger(__name__)


def run_steps(*, at: datetime | None = None) -> int:
    """Carries out the harvests that wait; returns how many steps were taken.

    None where another worker does so: two sources at once could both take over what is the same dataset.
    """
    with lock_session("catalogue: a source is harvested") as is_ours:
        if not is_ours:
            return 0
        done = work.run(HarvestStep, _take, at=at, limit=5, expected=(Refused,))
        for harvest in _left():
            _fail(harvest, _("The last try ended without a word; see its steps."), at or clock.now())
        return done


def _left() -> list[Harvest]:
    """Harvests of which no step is open any more, however it has ended: nobody would go on with them."""
    open_steps = HarvestStep.objects.open().filter(harvest=OuterRef("pk"))
    return list(Harvest.objects.filter(~Exists(open_steps), state=HarvestState.RUNNING).order_by("pk"))


def _take(job: HarvestStep, at: datetime) -> None:
    harvest = Harvest.objects.select_related("source__publisher").get(pk=job.harvest_id)
    if harvest.state != HarvestState.RUNNING:
        return
    if job.step == HarvestStep.Step.APPLY:
        _apply(harvest, at)
        return
    try:
        found = read(harvest.source.kind, harvest.source.address, settings.LANGUAGE_CODE.partition("-")[0])
    except Refused as wrong:
        # It is tried again a few times: machines are away for minutes. Then the reason stays with the harvest.
        if not job.used_up:
            raise
        _fail(harvest, str(wrong.detail), at)
        return
    take_in(harvest, found, at=at)


def take_in(harvest: Harvest, found: list[Record], *, at: datetime) -> None:
    """Takes over what was read of a source, as a whole; or asks first, where more than a third would go."""
    if _keep(harvest, found, at):
        _apply(harvest, at)


def _fail(harvest: Harvest, reason: str, at: datetime) -> None:
    """Ends it with its reason, and says so in the log, which is an alarm."""
    log.error("harvest of %s failed: %s", harvest.source, reason)
    with transaction.atomic():
        current = lock_row(Harvest.objects.all(), pk=harvest.pk)
        if current.state == HarvestState.RUNNING:
            current.reason = reason[:2000]
            current.save(update_fields=["reason"])
            transition(current, "fail", actor=None, at=at, payload={"source": str(current.source_id)})


def _keep(harvest: Harvest, found: list[Record], at: datetime) -> bool:
    """Keeps what was read; returns whether it is to be taken over. Where more than a third would go, that is asked."""
    with transaction.atomic():
        current = lock_row(Harvest.objects.all(), pk=harvest.pk)
        if current.state != HarvestState.RUNNING:
            return False
        HarvestRecord.objects.filter(harvest__source=current.source_id).delete()
        HarvestRecord.objects.bulk_create(
            [
                HarvestRecord(
                    harvest=current,
                    place=place,
                    identifier=one.identifier,
                    title=one.title,
                    said=asdict(one),
                )
                for place, one in enumerate(found)
            ],
            batch_size=500,
        )
        here = _here(current).count()
        current.found, current.leaving = len(found), _leaving(current).count()
        current.save(update_fields=["found", "leaving"])
        if current.leaving * 3 <= here:
            return True
        log.error("harvest of %s would remove %d of %d datasets", harvest.source, current.leaving, here)
        transition(current, "hold", actor=None, at=at, payload={"leaving": current.leaving, "of": here})
        return False


def _here(harvest: Harvest) -> Datasets:
    """What everybody sees of the source."""
    return Dataset.objects.listed().filter(harvested_from=harvest.source_id)


def _leaving(harvest: Harvest) -> Datasets:
    """Of this what the source does not have any more."""
    named = HarvestRecord.objects.filter(harvest=harvest, identifier=OuterRef("identifier"))
    return _here(harvest).filter(~Exists(named))


def _apply(harvest: Harvest, at: datetime) -> None:
    """Takes over what is not yet taken over, and removes what is gone; then the harvest is complete."""
    waiting = HarvestRecord.objects.filter(harvest=harvest, outcome=Outcome.OPEN).order_by("place")
    for key in list(waiting.values_list("pk", flat=True)):
        _record(harvest, key, at)
    for dataset in list(_leaving(harvest)):
        _remove(harvest, dataset, at)
    with transaction.atomic():
        current = lock_row(Harvest.objects.all(), pk=harvest.pk)
        if current.state != HarvestState.RUNNING:
            return
        counts = Counter(current.records.values_list("outcome", flat=True))
        for outcome in Outcome:
            if outcome:
                setattr(current, outcome, counts[outcome])
        current.save(update_fields=[outcome.value for outcome in Outcome if outcome])
        payload = {outcome.value: counts[outcome] for outcome in Outcome if counts[outcome]}
        transition(current, "complete", actor=None, at=at, payload=payload)


def _record(harvest: Harvest, key: UUID, at: datetime) -> None:
    """One record; that it broke is told with it, and the others go on."""
    try:
        with transaction.atomic():
            row = lock_row(HarvestRecord.objects.all(), pk=key)
            if row.outcome:
                return
            said = record_of(row)
            if said.fault:
                row.outcome, row.reason = Outcome.FAILED, said.fault
            else:
                row.outcome, row.dataset = take_over(harvest.source, said, at=at)
            row.said = None
            row.save(update_fields=["outcome", "reason", "dataset", "said"])
    except (
        Exception
    ) as wrong:  # a record may break in any way; the failure is told with it and the others go on
        log.exception("a record of %s cannot be taken over", harvest.source)
        HarvestRecord.objects.filter(pk=key).update(
            outcome=Outcome.FAILED, reason=work.describe(wrong)[:2000]
        )


def _remove(harvest: Harvest, dataset: Dataset, at: datetime) -> None:
    """Withdraws what its source does not have any more; it comes back with its source."""
    with transaction.atomic():
        current = locked(dataset)
        if current.state != DatasetState.PUBLISHED:
            return
        take_away(current, actor=None, reason=_("Gone from its source."), held=False, at=at)
        place = HarvestRecord.objects.filter(harvest=harvest).count()
        HarvestRecord.objects.create(
            harvest=harvest,
            place=place,
            identifier=current.identifier,
            title=current.title,
            outcome=Outcome.REMOVED,
            dataset=current,
        )


def record_of(row: HarvestRecord) -> Record:
    """What was kept, as it was read. Days and moments come back as texts."""
    said = dict(row.said or {})
    files = [File(**one) for one in said.pop("files")]
    days = {name: day(said.pop(name)) for name in ("first_day", "last_day")}
    return Record(**said | days | {"files": files, "modified": moment(said["modified"])})
