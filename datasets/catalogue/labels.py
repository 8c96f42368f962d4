"""Words of encodings, delimiters and kinds of values, as publishers choose them."""

from django.utils.translation import gettext_lazy as _

ENCODINGS = (
    "utf-8",
    "utf-16",
    "windows-1252",
    "windows-1253",
    "windows-1250",
    "windows-1251",
    "iso-8859-7",
    "cp850",
)
DELIMITER_WORDS = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("bar")}
KIND_WORDS = {
    "string": _("text"),
    "boolean": _("true or false"),
    "integer": _("whole number"),
    "number": _("number (1234.5)"),
    "number:comma": _("number with a decimal comma (1.234,5)"),
    "number:thousands": _("number with thousands (1,234.5)"),
    "date": _("day (2026-11-27)"),
    "date:%Y/%m/%d": _("day (2026/11/27)"),
    "date:%d.%m.%Y": _("day (27.11.2026)"),
    "date:%d/%m/%Y": _("day first (27/11/2026)"),
    "date:%m/%d/%Y": _("month first (11/27/2026)"),
    "date:%d-%m-%Y": _("day first (27-11-2026)"),
    "date:%m-%d-%Y": _("month first (11-27-2026)"),
    "datetime": _("date and time, without a zone"),
    "datetime:zone": _("date and time with a zone, kept in UTC"),
}
