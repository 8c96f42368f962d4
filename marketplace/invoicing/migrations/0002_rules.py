"""What invoices hold in the database itself (see ../sql/)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

FILES = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("invoicing", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL((FILES / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in ("invoices.sql",)
    ]
