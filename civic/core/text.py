"""Words that an operation cannot do without."""

from django.utils.translation import gettext as _

from civic.core.errors import Invalid, Text


def required(text: str, message: Text, *, field: str = "reason", longest: int | None = None) -> str:
    """`text` without blanks around it.

    Raises Invalid on `field`: with `message` where nothing is left, and where more than `longest` characters are.
    """
    text = text.strip()
    if not text:
        raise Invalid(**{field: str(message)})
    if longest is not None and len(text) > longest:
        raise Invalid(**{field: _("Please keep it under %(most)s characters.") % {"most": longest}})
    return text
