"""Rows that the clock could not take its step for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_asked_by_the_clock"),
    ]

    operations = [
        migrations.CreateModel(
            name="PutOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("task", models.CharField(max_length=60, verbose_name="task")),
                ("subject_type", models.CharField(max_length=60, verbose_name="subject type")),
                ("subject_id", models.CharField(max_length=64, verbose_name="subject")),
                ("reason", models.TextField(blank=True, verbose_name="why")),
                ("failures", models.PositiveIntegerField(default=0, verbose_name="failures")),
                ("first_at", models.DateTimeField(verbose_name="first")),
                ("due_at", models.DateTimeField(verbose_name="tried again")),
            ],
            options={
                "verbose_name": "row put off",
                "verbose_name_plural": "put off",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("task", "subject_type", "subject_id"), name="put_off_once_a_task"
                    )
                ],
            },
        ),
    ]
