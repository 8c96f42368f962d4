"""An event leaves the outbox once its deliveries are there; changes of the clock's tasks are told."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_queues"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
    ]
    operations = [run_sql("civic.core", "outbox_0008")]
