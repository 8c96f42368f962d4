"""Why an operation did not do what was asked. Views and the API translate these, each in one place."""

import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
# They join and part letters, and are seen by that alone (zero-width non-joiner and joiner).
JOINERS = "\u200c\u200d"


class Refused(Exception):
    """An operation said no. `detail` tells the person why and what to do next."""

    status = 400
    code = "refused"
    title: Text = _("That did not work")

    def __init__(self, detail: Text = "", *, code: str = "") -> None:
        super().__init__(detail)
        self.detail = detail or self.title
        self.code = code or self.code


class Forbidden(Refused):
    """The actor may not do this, whatever the state of the thing."""

    status = 403
    code = "forbidden"
    title = _("You can't do that")


class Conflict(Refused):
    """The thing is not in a state in which this can be done (somebody was faster, time ran out)."""

    status = 409
    code = "conflict"
    title = _("That is no longer possible")


class IllegalTransition(Conflict):
    """The transition table has no such step from the present state."""

    code = "illegal-transition"


class Invalid(Refused):
    """What was sent is not acceptable: `fields` maps a field's name to what is wrong with it."""

    status = 422
    code = "invalid"
    title = _("Please check what you entered")

    def __init__(self, detail: Text = "", *, code: str = "", **fields: Text) -> None:
        super().__init__(detail or next(iter(fields.values()), ""), code=code)
        self.fields = fields


class NotFound(Refused):
    """There is no such thing, or the actor may not know that there is."""

    status = 404
    code = "not-found"
    title = _("Not found")


class Gone(Refused):
    """It was here and was taken away for good or for now; `detail` says why. Its address lasts."""

    status = 410
    code = "gone"
    title = _("This was taken away")


def readable_name(name: str, *, field: str = "name") -> str:
    """`name` without blanks around it. Raises Invalid on `field` where nobody could read it, or not what stands there.

    It has a letter, and no sign that is not seen or turns the order of others (U+200B, U+202E); those two that join
    and part letters in words of Persian and of Indian languages may stand in it.
    """
    name = name.strip()
    kinds = {unicodedata.category(sign) for sign in name if sign not in JOINERS}
    if kinds & {"Cc", "Cf", "Co", "Cn"} or not any(kind.startswith("L") for kind in kinds):
        raise Invalid(**{field: str(_("Use a name with letters in it, and without invisible signs."))})
    return name


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
