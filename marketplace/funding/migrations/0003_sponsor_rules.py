"""What sponsorships and invoices hold in the database itself (see 0003_sponsor_rules.sql)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

RULES = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

BACK = """
DROP FUNCTION funding_package_frozen, funding_sponsorship_fits, funding_sponsorship_stays, funding_invoice_numbered,
    funding_series_counts, funding_invoice_right, funding_invoice_not_overpaid, funding_written_once CASCADE;
DROP FUNCTION funding_refuse;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("funding", "0002_campaign_rules")]
    operations: ClassVar = [migrations.RunSQL(RULES, BACK)]
