from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.RemoveIndex("notification", "notification_to_mail"),
        migrations.RemoveConstraint("preference", "one_preference_a_stream"),
        migrations.RenameField("notification", "stream", "category"),
        migrations.RenameField("notification", "rhythm", "frequency"),
        migrations.RenameField("preference", "stream", "category"),
        migrations.RenameField("preference", "rhythm", "frequency"),
        *[
            migrations.AlterField(model, "category", models.CharField(max_length=40, verbose_name="category"))
            for model in ("notification", "preference")
        ],
        migrations.AddIndex(
            "notification",
            models.Index(
                fields=["frequency", "person"],
                condition=models.Q(
                    ("mail", None), ("read_at", None), models.Q(("frequency", "never"), _negated=True)
                ),
                name="notification_to_mail",
            ),
        ),
        migrations.AddConstraint(
            "preference",
            models.UniqueConstraint(fields=["person", "category"], name="one_preference_a_category"),
        ),
    ]
