"""`manage.py import_pb FILE --call SLUG`: a real election as a call with its projects, ballots and result."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from civic.core import clock
from civic.core.errors import Conflict
from projects.voting import operations, pabulib
from projects.voting.operations.imports import import_election, survey


class Command(BaseCommand):
    """Imports, seals and counts; run it again after a kill and it goes on where it stopped."""

    help = _("Import a Pabulib .pb election file as a call.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--call", required=True, help=_("slug of the call to make or to go on with"))

        parser.add_argument("--rule", choices=sorted(pabulib.RULE_NAMES), help=_("default: META rule"))
        parser.add_argument("--set-aside", action="store_true", help=_("leave bad votes out and list them"))

    def handle(self, *args: Any, file: Path, call: str, **options: Any) -> None:
        chosen = {"rule": options["rule"], "set_aside": options["set_aside"]}
        try:
            found = survey(file, **chosen)
            made = import_election(path=file, found=found, slug=call, at=clock.now(), progress=self._progress)
        except (pabulib.Malformed, Conflict, OSError) as wrong:
            reason = f"{file}: {wrong.strerror or wrong}" if isinstance(wrong, OSError) else str(wrong)
            print(reason, file=sys.stderr)
            sys.exit(1)
        for vote in found.set_aside:
            self.stdout.write(f"set aside: {vote}")
        operations.close_voting(call=made, at=clock.now())
        tally = operations.run_tally(call=made, at=clock.now())
        won = tally.results.filter(won=True).count()
        self.stdout.write(
            f"{made.get_absolute_url()}: {tally.ballots} ballots, {won} projects chosen by {tally.rule}"
        )

    def _progress(self, done: int, votes: int) -> None:
        self.stdout.write(f"{done} of {votes} ballots")
        self.stdout.flush()
