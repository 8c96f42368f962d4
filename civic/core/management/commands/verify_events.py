"""Recomputes the hash chain over the event log, as an auditor does after a restore or on suspicion."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from civic.core import seals


class Command(BaseCommand):
    help = "Checks every seal against the events and the seal before it; exit 1 names the first that does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            held = seals.verify()
        except seals.ChainBroken as broken:
            raise CommandError(str(broken)) from None
        self.stdout.write(f"{held} seals hold.")
