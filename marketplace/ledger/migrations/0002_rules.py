"""What the database itself refuses, whoever asks: DOMAIN 3 and the sealing of the ledger (see 0002_rules.sql)."""

from pathlib import Path

from django.db import migrations

RULES = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

BACK = """
ALTER TABLE ledger_posting DROP CONSTRAINT posting_account, DROP CONSTRAINT posting_entry;
DROP FUNCTION ledger_append_only, ledger_account_guard, ledger_root_guard, ledger_checkpoint_true,
    ledger_entries_added, ledger_postings_added, ledger_links_added CASCADE;
DROP FUNCTION ledger_post, ledger_hold, ledger_settled, ledger_balance;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(RULES, BACK)]
