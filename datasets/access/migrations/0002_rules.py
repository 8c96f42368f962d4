"""Who may read at a moment, agreements that stay, states that move by their steps; no date is infinite."""

from django.db import migrations

from civic.core.sql import keep_finite, run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("core", "0006_kinds"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
    ]
    operations = [
        run_sql("datasets.access", "may_read", "agreements", "steps_0002"),
        keep_finite("access"),
    ]
