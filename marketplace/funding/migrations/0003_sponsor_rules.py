"""What sponsorships and invoices hold in the database itself."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("funding", "0002_campaign_rules")]
    operations: ClassVar = []
