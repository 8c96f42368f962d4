"""What campaigns and pledges hold in the database itself, DOMAIN 5 among it (see 0002_campaign_rules.sql)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

RULES = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

BACK = """
DROP FUNCTION funding_terms_stay, funding_stretch_goals_stay, funding_pledge_fits, funding_pledge_stays,
    funding_success_is_earned CASCADE;
DROP FUNCTION funding_taken, funding_secured;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("funding", "0001_initial"), ("payments", "0002_rules")]
    operations: ClassVar = [migrations.RunSQL(RULES, BACK)]
