"""The kind of an organisation is one of its list."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_endings")]
    operations = [
        migrations.AddConstraint(
            "organisation",
            models.CheckConstraint(
                condition=Q(kind__in=["business", "community", "university", "department"]),
                name="organisation_kind_is_known",
            ),
        ),
    ]
