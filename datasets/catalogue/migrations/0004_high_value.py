"""A dataset may be of a high-value category of Regulation (EU) 2023/138; its licence is a free one then."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_wrong_confirmations"),
        ("catalogue", "0003_queues"),
    ]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="high_value_category",
            field=models.CharField(
                blank=True,
                choices=[
                    ("http://data.europa.eu/bna/c_ac64a52d", "Geospatial"),
                    ("http://data.europa.eu/bna/c_dd313021", "Earth observation and environment"),
                    ("http://data.europa.eu/bna/c_164e0bf5", "Meteorological"),
                    ("http://data.europa.eu/bna/c_e1da4e07", "Statistics"),
                    ("http://data.europa.eu/bna/c_a9135398", "Companies and company ownership"),
                    ("http://data.europa.eu/bna/c_b79e35eb", "Mobility"),
                ],
                default="",
                max_length=40,
                verbose_name="high-value category",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("high_value_category", ""),
                    (
                        "licence__in",
                        (
                            "https://creativecommons.org/publicdomain/zero/1.0/",
                            "https://creativecommons.org/licenses/by/4.0/",
                        ),
                    ),
                    _connector="OR",
                ),
                name="high_value_data_is_free_to_use",
            ),
        ),
    ]
