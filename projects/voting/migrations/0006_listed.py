from django.db import migrations, models


class Migration(migrations.Migration):
    """Words only: the fingerprint is a keyed mark (I13)."""

    dependencies = [("voting", "0005_entitled")]

    operations = [
        migrations.AlterField(
            model_name="ballot",
            name="receipt",
            field=models.CharField(
                help_text="A keyed mark of the receipt code; the published list names the ballot by it.",
                max_length=64,
                unique=True,
                verbose_name="fingerprint of the receipt",
            ),
        ),
    ]
