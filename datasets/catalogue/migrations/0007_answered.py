"""Words of code lists are of their lists, and what is answered and held back changes with what is told."""

from django.db import migrations, models
from django.db.models import Q

from civic.core.sql import run_sql

THEMES = ["AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "JUST", "REGI", "SOCI", "TECH", "TRAN"]
FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "ANNUAL", "IRREG", "NEVER"]
LICENCES = [
    "https://creativecommons.org/publicdomain/zero/1.0/",
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/licenses/by-sa/4.0/",
    "https://opendatacommons.org/licenses/odbl/1-0/",
]
CATEGORIES = [
    "",
    "http://data.europa.eu/bna/c_ac64a52d",
    "http://data.europa.eu/bna/c_dd313021",
    "http://data.europa.eu/bna/c_164e0bf5",
    "http://data.europa.eu/bna/c_e1da4e07",
    "http://data.europa.eu/bna/c_a9135398",
    "http://data.europa.eu/bna/c_b79e35eb",
]


def known(column: str, words: list[str]) -> migrations.AddConstraint:
    """The column is one of these words."""
    name = f"dataset_{column}_is_known"
    return migrations.AddConstraint(
        "dataset", models.CheckConstraint(condition=Q((f"{column}__in", words)), name=name)
    )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_told")]
    operations = [
        known("theme", THEMES),
        known("frequency", FREQUENCIES),
        known("licence", LICENCES),
        known("high_value_category", CATEGORIES),
        run_sql("datasets.catalogue", "answered_0007"),
    ]
