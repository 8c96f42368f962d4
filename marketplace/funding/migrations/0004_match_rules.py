"""What match funds and payouts hold in the database itself."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("funding", "0003_sponsor_rules")]
    operations: ClassVar = []
