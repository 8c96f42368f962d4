"""What campaigns and pledges hold in the database itself."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("funding", "0001_initial")]
    operations: ClassVar = []
