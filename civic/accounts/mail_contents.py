"""The plain letter: what was written when the mail was."""

from datetime import datetime

from civic.accounts import mail
from civic.accounts.letters import Letter, typeset
from civic.accounts.models import Mail
from civic.core.registry import Hook


def letter(written: Mail, at: datetime) -> Letter:
    """The text as it stands, with its HTML."""
    return typeset(written.subject, written.text, written.unsubscribe)


mail.contents.register(Hook("letter", letter))
