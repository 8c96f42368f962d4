"""Why a file is not read as a table: in plain words, with what its publisher can do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.core.errors import Invalid


class Unreadable(Invalid):
    """The file as a whole is no table; nothing of it is kept. `advice` says what to do next."""

    code = "unreadable"
    title = _("this file cannot be read as a table")
    advice: str | Promise = _("Export the table again as CSV in UTF-8, and upload that.")


class EmptyFile(Unreadable):
    """No byte, or nothing but blank lines."""

    code = "empty-file"
    title = _("the file is empty")


class WebPage(Unreadable):
    """HTML under another name: what a portal answers when a download has moved or asks to sign in."""

    code = "web-page"
    title = _("this is a web page, not a table")
    advice = _("Open the address in a browser, download the table itself, and upload that.")


class XmlDocument(Unreadable):
    """XML has no rows of its own."""

    code = "xml-document"
    title = _("this is an XML document, not a table")


class Archive(Unreadable):
    """A compressed file or folder."""

    code = "archive"
    title = _("this is an archive, not a table")
    advice = _("Unpack it, and upload each table by itself.")


class OtherProgram(Unreadable):
    """A file of a program that we know by its first bytes, and do not read."""

    code = "other-program"
    title = _("this is not a table that can be read here")
    advice = _("Save it as XLSX or CSV, and upload that.")


class Binary(Unreadable):
    """Bytes that no text has."""

    code = "binary"
    title = _("this is not text")


class UnclosedQuote(Unreadable):
    """From this line on everything stands in one quoted value: the rows after it would be lost."""

    code = "unclosed-quote"
    title = _("a quote is opened and never closed")
    advice = _('Close the quote, or double it ("") where it belongs to the text.')


class TooLong(Unreadable):
    """A value of more letters than any that people write."""

    code = "too-long"
    title = _("a value is too long")
    advice = _("Look whether a quote is opened on that line and never closed, or leave the value out.")


class UndecidedEncoding(Unreadable):
    """No encoding that we know gives text from every byte."""

    code = "undecided-encoding"
    title = _("the letters cannot be read in any encoding that is known here")


class BrokenDocument(Unreadable):
    """A JSON, GeoJSON, XLSX or Parquet file whose form is broken as a whole."""

    code = "broken-document"
    title = _("the file is damaged or incomplete")


class OtherCoordinates(Unreadable):
    """GeoJSON has longitude and latitude in degrees (RFC 7946, 4); anything else would lie in the sea."""

    code = "other-coordinates"
    title = _("the coordinates are not longitude and latitude")
    advice = _("Export again with the coordinate system WGS 84 (EPSG:4326).")
