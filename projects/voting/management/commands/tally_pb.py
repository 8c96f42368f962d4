"""`manage.py tally_pb FILE`.

Who wins in an election file, by which rule, and why. Needs nothing but the file.
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from projects.voting import pabulib, rules
from projects.voting.rules.outcome import Outcome


class Command(BaseCommand):
    """Prints the outcome of a rule on a Pabulib file.

    A bad file gives one line on stderr and exit status 1.
    """

    help = _("Tally a Pabulib .pb election file.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--rule", choices=sorted(rules.RULES), help=_("default: META rule"))
        parser.add_argument(
            "--set-aside", action="store_true", help=_("pass over bad votes and list them on stderr")
        )
        parser.add_argument("--seed", default="", help=_("seed of the draw among ties (default: META seed)"))
        parser.add_argument("--format", choices=["json", "table"], default="json")

    def handle(self, *args: Any, file: Path, seed: str, **options: Any) -> None:
        bad: list[pabulib.Malformed] = []
        try:
            with file.open("rb") as stream:
                document = pabulib.read(stream, file.name, bad if options["set_aside"] else None)
                election = pabulib.election(document)
            rule = options["rule"] or pabulib.rule_of(document)
        except (OSError, pabulib.Malformed) as wrong:
            reason = f"{file}: {wrong.strerror or wrong}" if isinstance(wrong, OSError) else str(wrong)
            print(reason, file=sys.stderr)
            sys.exit(1)
        for vote in bad:
            print(f"set aside: {vote}", file=sys.stderr)
        outcome = rules.tally(election, rule=rule, seed=seed or document.meta.get("seed", ""))
        chosen = bool(options["rule"] or seed)
        if differs := _not_as_published(document, election.digest(), outcome, chosen=chosen):
            print(f"{file}: {differs}", file=sys.stderr)
            sys.exit(1)
        if options["format"] == "json":
            digest = {"input_digest": election.digest()}
            self.stdout.write(json.dumps(outcome.as_dict() | digest, ensure_ascii=False, indent=1))
        else:
            names = {candidate.id: candidate.name for candidate in election.candidates}
            self.stdout.write("\n".join(_table(outcome, names)))


def _not_as_published(document: pabulib.Document, digest: str, outcome: Outcome, *, chosen: bool) -> str:
    """What of a file that a city of ours published does not follow from it; empty where all does.

    Whoever counts by another rule or draw (`chosen`) asks for other winners.
    """
    published = document.meta.get("input_digest", "")
    if not published:
        return ""
    if published != digest:
        return f"META says input_digest {published}, but the digest of what stands here is {digest}"
    selected = {name for name, row in document.projects.items() if row.fields.get("selected") == "1"}
    if not chosen and selected != set(outcome.winners):
        return f"selected are {sorted(selected)}, but {sorted(outcome.winners)} win"
    return ""


def _table(outcome: Outcome, names: dict[str, str]) -> list[str]:
    head = f"{outcome.rule}: {len(outcome.rounds)} projects, {outcome.cost} of {outcome.budget}"
    rows = [
        f"{turn.round:>5}  {turn.project:<12} {turn.cost:>12} {turn.score:>9} {turn.price or '':>15}  "
        + names[turn.project][:60]
        for turn in outcome.rounds
    ]
    return [head, f"round  {'project':<12} {'cost':>12} {'score':>9} {'price':>15}  name", *rows]
