"""Search: trigrams of title, pitch and place, and the words of the story."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_triggers")]
    operations = [TrigramExtension(), UnaccentExtension(), run_sql("projects.proposals", "search")]
