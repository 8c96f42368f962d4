"""What is published of a campaign's gifts is kept with its total; backers are shown by a lot of those with a name."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import MD5, Cast

from civic.core.sql import keep_finite, run_sql

NAMED = (
    models.Q(anonymous=False, person__isnull=False)
    & (models.Q(state__in=["active", "collecting", "needs_payer"]) | models.Q(collected_at__isnull=False))
    & ~models.Q(state="campaign_failed")
)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0010_months"),
        ("payments", "0015_begins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="campaigntotal",
            name="nameless",
            field=models.PositiveIntegerField(
                default=0,
                help_text="With those whose gift is in dispute.",
                verbose_name="backers without their name",
            ),
        ),
        migrations.AddField(
            model_name="campaigntotal",
            name="gone_on",
            field=models.DateField(null=True, verbose_name="day on which gifts without a name ended last"),
        ),
        migrations.AddField(
            model_name="campaigntotal",
            name="gone",
            field=models.PositiveIntegerField(default=0, verbose_name="of them, backers on that day"),
        ),
        migrations.AddField(
            model_name="campaigntotal",
            name="amounts",
            field=models.JSONField(default=list, verbose_name="pledges of each amount"),
        ),
        keep_finite("campaigns"),
        migrations.RemoveIndex(model_name="pledge", name="pledge_lot"),
        migrations.AddIndex(
            model_name="pledge",
            index=models.Index(
                models.F("campaign"),
                MD5(Cast("id", models.TextField())),
                condition=NAMED,
                name="pledge_named_lot",
            ),
        ),
        run_sql("marketplace.campaigns", "published_0011"),
    ]
