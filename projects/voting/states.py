"""The life of a ballot and of a paper ballot on its way to become one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class BallotState(TextChoices):
    """A draft never leaves the voter's browser, so the first state stored is `cast`."""

    CAST = "cast", _("cast")
    SUPERSEDED = "superseded", _("replaced by a later ballot")
    VOID = "void", _("void")


# `supersede` happens in the statement that casts the next ballot: voting_cast asks core_transition (sql/casting.sql).
BALLOT: Transitions = {
    ("supersede", BallotState.CAST): BallotState.SUPERSEDED,
    ("void", BallotState.CAST): BallotState.VOID,
}


class PaperState(TextChoices):
    """How far a paper ballot has come."""

    ONCE = "once", _("entered once")
    DIFFERS = "differs", _("two entries differ")
    COUNTED = "counted", _("counted")
    DOUBTED = "doubted", _("not valid, says one person")
    REFUSED = "refused", _("not valid")


PAPER: Transitions = {
    ("match", PaperState.ONCE): PaperState.COUNTED,
    ("differ", PaperState.ONCE): PaperState.DIFFERS,
    ("match", PaperState.DIFFERS): PaperState.COUNTED,
    # It takes two people to count a paper, and two not to count it.
    ("doubt", PaperState.ONCE): PaperState.DOUBTED,
    ("doubt", PaperState.DIFFERS): PaperState.DOUBTED,
    ("refuse", PaperState.DOUBTED): PaperState.REFUSED,
    ("match", PaperState.DOUBTED): PaperState.COUNTED,
}

PAPER_WAITS = [PaperState.ONCE, PaperState.DIFFERS, PaperState.DOUBTED]
