"""The database looks for a ballot in another district; indexes of ballots that others hold too are gone."""

from django.db import migrations, models
from django.db.models import PROTECT

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("calls", "0005_steps"), ("voting", "0008_unlinked")]
    operations = [
        migrations.AlterField(
            "ballot",
            "call",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=PROTECT,
                related_name="ballots",
                to="calls.call",
            ),
        ),
        migrations.AlterField(
            "ballot",
            "receipt",
            models.CharField(
                help_text="A keyed mark of the receipt code; the published list names the ballot by it.",
                max_length=64,
                verbose_name="fingerprint of the receipt",
            ),
        ),
        migrations.AlterField(
            "ballotline",
            "ballot",
            models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="lines", to="voting.ballot"),
        ),
        migrations.AddConstraint(
            "ballot", models.UniqueConstraint(fields=["receipt"], name="one_ballot_a_receipt")
        ),
        run_sql("projects.voting", "casting_0009"),
    ]
