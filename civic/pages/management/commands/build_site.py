"""The pages of a fresh installation: `manage.py build_site --city Aldermere`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from civic.core import clock
from civic.pages import operations


class Command(BaseCommand):
    help = "Builds the home page, help, privacy and other pages of a fresh installation; leaves an existing site alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", default="", help="the city's name, used in the texts")
        parser.add_argument("--site-name", default="Civic Exchange")
        parser.add_argument("--contact-email", default="")

    def handle(self, *args: Any, city: str, site_name: str, contact_email: str, **options: Any) -> None:
        home = operations.build_default_tree(city=city, site_name=site_name, contact_email=contact_email)
        operations.count_numbers(at=clock.now())
        self.stdout.write(
            f"The site stands: “{home.title}” and {home.get_descendants().count()} pages below it."
        )
