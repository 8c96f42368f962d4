"""Who may read a dataset: everything that is there is open."""

from django.db import migrations, models

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_kinds"),
        ("catalogue", "0009_harvest"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="dataset",
            options={
                "ordering": ["title"],
                "permissions": [("read_rows", "Can read the rows")],
                "verbose_name": "dataset",
                "verbose_name_plural": "datasets",
            },
        ),
        migrations.AddField(
            model_name="dataset",
            name="access_level",
            field=models.CharField(
                choices=[
                    ("open", "open to everybody"),
                    ("registered", "for everybody with an account"),
                    ("on_request", "on request"),
                    ("by_order", "by order"),
                ],
                default="open",
                max_length=10,
                verbose_name="who may read it",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.CheckConstraint(
                condition=models.Q(("access_level__in", ["open", "registered", "on_request", "by_order"])),
                name="dataset_access_level_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("access_level", "open"),
                    models.Q(("high_value_category", ""), ("source", "")),
                    _connector="OR",
                ),
                name="high_value_and_own_data_is_open",
            ),
        ),
        run_sql("datasets.catalogue", "access_0010"),
    ]
