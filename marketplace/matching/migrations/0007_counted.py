"""Who counted when a sum was unlocked is kept with it."""

from typing import Any

from django.db import migrations, models


def keep_who_gives(apps: Any, schema_editor: Any) -> None:
    """Of sums that are unlocked already, everybody who gives: who of them counted nobody wrote down."""
    pledges = apps.get_model("campaigns", "Pledge")
    unlocked = apps.get_model("matching", "Allocation").objects.filter(
        fund__rule="threshold", amount_minor__gt=0
    )
    for allocation in unlocked:
        groups: dict[Any, list[str]] = {}
        for person, key in pledges.objects.filter(campaign=allocation.campaign_id).values_list(
            "person", "pk"
        ):
            groups.setdefault(person or key, []).append(str(key))
        allocation.counted = list(groups.values())
        allocation.save(update_fields=["counted"])


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_parts")]
    operations = [
        migrations.AddField(
            model_name="allocation",
            name="counted",
            field=models.JSONField(
                editable=False,
                help_text="Of an unlocked sum: each backer's pledges.",
                null=True,
                verbose_name="who counted",
            ),
        ),
        migrations.RunPython(keep_who_gives, migrations.RunPython.noop),
    ]
