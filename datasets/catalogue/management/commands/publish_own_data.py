"""`manage.py publish_own_data ORGANISATION`: the exchange publishes its own tables in the name of this organisation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.accounts.models import Organisation
from civic.core import clock
from datasets.catalogue.operations import own_data


class Command(BaseCommand):
    """Makes their datasets, once; a task of the clock fills them, and keeps them up to date each day."""

    help = (
        "Publish calls, results, ballots, projects, campaigns and the ledger as open data of an organisation."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="slug of an active organisation, as in its address")

    def handle(self, *args: Any, **options: Any) -> None:
        publisher = Organisation.objects.public().filter(slug=options["organisation"]).first()
        if publisher is None:
            raise CommandError(f"there is no active organisation {options['organisation']}")
        made = own_data.begin_own_data(publisher=publisher, at=clock.now())
        sent = own_data.refresh_own_data(at=clock.now())
        self.stdout.write(
            f"{len(made)} datasets were made; {sent} tables are being read, and appear in a minute"
        )
