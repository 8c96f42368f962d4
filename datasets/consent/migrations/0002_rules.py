"""How releases are counted, what never changes, states that move by their steps; no date is infinite."""

from django.db import migrations

from civic.core.sql import keep_finite, run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0001_initial"),
        ("core", "0008_outbox"),
    ]
    operations = [
        run_sql("datasets.consent", "releases", "steps_0002"),
        keep_finite("consent"),
    ]
