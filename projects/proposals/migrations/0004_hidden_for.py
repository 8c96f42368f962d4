from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_search")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="hidden_for",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                help_text="The house rule, if a moderator hid it.",
                max_length=12,
                verbose_name="hidden for",
            ),
            preserve_default=False,
        ),
    ]
