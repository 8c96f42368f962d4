from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0002_rules")]

    operations = [
        migrations.AddIndex("evidence", models.Index(fields=["file"], name="evidence_file")),
        migrations.AddIndex("evidence", models.Index(fields=["thumb"], name="evidence_thumb")),
    ]
