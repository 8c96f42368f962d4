"""Which passwords are refused, beside short and common ones: words with a number (ASVS 6.2.4, 6.2.11)."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from civic.accounts.letters import letterhead
from civic.accounts.models import Area

# What people put into the password of a city's site, whatever the city.
EVERYWHERE = (
    "civic",
    "exchange",
    "council",
    "city",
    "town",
    "admin",
    "welcome",
    "password",
    "login",
    "secret",
)
# Of fewer letters that are left beside such words nobody has to guess for long.
FEW = 4


class WordWithNumberValidator(CommonPasswordValidator):
    """Refuses a common password, or names of the city and its site, that only digits and signs were put around."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        letters = re.sub(r"[\W\d_]", "", password).casefold()
        own = letters
        for word in sorted(_context(), key=len, reverse=True):
            own = own.replace(word, "")
        if letters in self.passwords or len(own) < FEW:
            raise ValidationError(
                _(
                    "This is a word that many would try, with a number. Put three or four unrelated words together."
                ),
                code="password_word_with_number",
            )

    def get_help_text(self) -> str:
        return str(_("No common word with a number, and not the name of the city or this site."))


def _context() -> set[str]:
    host = urlsplit(settings.SITE_URL).hostname or ""
    named = [letterhead()["site_name"], host, *Area.objects.values_list("name", flat=True)]
    words = (word for name in named for word in re.findall(r"[^\W\d_]+", name.casefold()))
    return {*EVERYWHERE, *(word for word in words if len(word) >= FEW)}
