"""`manage.py demo_city`: makes the invented city of Aldermere, or brings its dates up to today."""

from argparse import ArgumentParser
from functools import partial
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from civic.accounts import mail
from civic.core import clock
from civic.demo.city.anchor import anchor
from civic.demo.city.build import SMALL, WHOLE, build
from civic.demo.models import City
from civic.demo.sign_ins import password, sign_ins


class Command(BaseCommand):
    help = "Makes the invented city of Aldermere; where it stands already, brings its dates up to today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="another number, another crowd (default: 1)")
        parser.add_argument("--small", action="store_true", help="fewer people and no pictures, for tests")
        parser.add_argument("--sign-ins", action="store_true", help="only print who can sign in")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo (the DEMO setting is off): nothing was changed.")
        if options["sign_ins"]:
            self._print_sign_ins()
        elif city := City.objects.first():
            self.stdout.write(f"  Aldermere stands; its dates moved by {anchor(city, clock.now())} days.")
        else:
            self._build(options["seed"], small=options["small"])

    def _build(self, seed: int, *, small: bool) -> None:
        begin = monotonic()
        build(seed=seed, at=clock.now(), plan=SMALL if small else WHOLE, say=self._step)
        # Tests make the city in a transaction of their own, in which nothing is sent.
        transaction.on_commit(partial(mail.send_due, seconds=300))
        self.stdout.write(f"  Aldermere stands after {monotonic() - begin:.0f} s.")

    def _step(self, what: str) -> None:
        self.stdout.write(f"  Aldermere: {what} …")
        self.stdout.flush()

    def _print_sign_ins(self) -> None:
        self.stdout.write(
            f"Sign in at {settings.SITE_URL}/demo/ with one click, or with the password {password()}:\n"
        )
        for one in sign_ins():
            self.stdout.write(f"  {one.role:<20}{one.email:<38}{one.name}")
