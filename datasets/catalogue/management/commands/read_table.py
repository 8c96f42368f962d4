"""`manage.py read_table FILE`.

What an upload of the file would say: layout, types, rejected rows, questions. Needs no site and no database.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from datasets.catalogue.reading import Choices, Table, read


class Command(BaseCommand):
    """Prints what a file is as a table. A file that is refused gives exit status 1, and says why."""

    help = _("Read a file as a table would be read that somebody uploads.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--encoding", default="", help=_("as chosen after the first look"))
        parser.add_argument("--delimiter", default="", help=_("as chosen after the first look"))
        parser.add_argument(
            "--type",
            action="append",
            default=[],
            metavar="COLUMN=TYPE",
            help=_("as chosen: count=string, day=date:%%d/%%m/%%Y, price=number:comma"),
        )
        parser.add_argument("--parquet", type=Path, help=_("write the table to this file"))
        parser.add_argument("--format", choices=["json", "text"], default="json")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        pairs = dict(pair.rpartition("=")[::2] for pair in options["type"])
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            choices = Choices(options["encoding"], options["delimiter"], pairs)
            target = options["parquet"] or folder / "published.parquet"
            try:
                table = read(file, folder, target, choices=choices)
            except OSError as wrong:
                raise CommandError(f"{file}: {wrong.strerror or wrong}") from wrong
            except KeyError as unknown:
                raise CommandError(_("There is no type %(type)s.") % {"type": unknown}) from unknown
        if options["format"] == "json":
            self.stdout.write(json.dumps(table.as_dict(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(table)))
        if table.refused:
            sys.exit(1)


def _lines(table: Table) -> list[str]:
    """The same in lines of text."""
    if table.refused:
        return [f"refused: {table.refused}. {table.advice}"]
    columns = [
        f"  {name}: {table.types[name]} {table.formats.get(name, '')}".rstrip() for name in table.header
    ]
    return [
        f"{table.format} {table.encoding}: {table.rows} rows, {table.rejected_rows} rejected",
        *columns,
        *(f"said: {line}" for line in table.said),
        *(f"ask: {line}" for line in table.ask),
        *(f"rejected: line {row.line} {row.column} {row.value!r}: {row.reason}" for row in table.rejected),
    ]
