from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_currencies")]

    operations = [
        migrations.AddIndex("picture", models.Index(fields=["file"], name="picture_file")),
        migrations.AddIndex("picture", models.Index(fields=["thumb"], name="picture_thumb")),
    ]
