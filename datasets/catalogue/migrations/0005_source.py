"""Which table of the exchange itself a dataset is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_high_value")]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="source",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=60,
                verbose_name="table of the exchange",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", ""), _negated=True),
                fields=("source",),
                name="one_dataset_a_table",
            ),
        ),
    ]
