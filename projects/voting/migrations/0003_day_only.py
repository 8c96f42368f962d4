import uuid

from django.db import migrations, models

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("voting", "0002_rules")]

    operations = [
        migrations.AlterField(
            model_name="ballot",
            name="id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
        ),
        run_sql("projects.voting", "days"),
    ]
