"""What the clock puts into the queue does not pile up there while no worker takes it."""

import pytest
from django.conf import settings
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import ModelEntry

from civic.celery import app


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "least"), [("count support", 60), ("drop exports", 3600)])
def test_a_run_that_nobody_began_in_time_is_dropped_1127_f3(name: str, least: int) -> None:
    ModelEntry.from_entry(name, app=app, **settings.CELERY_BEAT_SCHEDULE[name])
    assert ModelEntry(PeriodicTask.objects.get(name=name), app=app).options["expires"] == least
