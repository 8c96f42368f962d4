from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from projects.calls.models import Call
from projects.voting.models.ballot import Ballot
from projects.voting.states import PAPER, PaperState


class PaperBallot(Stateful, BaseModel):
    """A numbered paper ballot from a service desk, typed in by two people who do not see each other's entry.

    The desk notes who takes a paper (PaperVoter), never which: its number leads to nobody.
    """

    TRANSITIONS = PAPER
    noun = "paper_ballot"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="paper_ballots")
    serial = models.CharField(_("number on the paper"), max_length=40)
    state = state_field(PaperState, 8)
    ballot = models.OneToOneField(
        Ballot, on_delete=models.PROTECT, null=True, editable=False, related_name="paper"
    )

    class Meta:
        verbose_name = _("paper ballot")
        verbose_name_plural = _("paper ballots")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "serial"], name="one_paper_a_number"),
            models.CheckConstraint(
                condition=Q(state=PaperState.COUNTED, ballot__isnull=False) | ~Q(state=PaperState.COUNTED),
                name="counted_paper_has_a_ballot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.serial}"


class PaperEntry(BaseModel):
    """What one clerk read on a paper ballot: {project id: value}."""

    paper = models.ForeignKey(PaperBallot, on_delete=models.PROTECT, related_name="entries")
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    choices = models.JSONField(_("choices"))

    class Meta:
        verbose_name = _("paper entry")
        verbose_name_plural = _("paper entries")
        constraints: ClassVar = [models.UniqueConstraint(fields=["paper", "clerk"], name="one_entry_a_clerk")]

    def __str__(self) -> str:
        return f"{self.paper} · {self.clerk}"


class PaperVoter(BaseModel):
    """That somebody was handed a paper ballot in a call, and so has no online ballot there.

    `identity` and `document` are the city's keyed marks of the person (civic.accounts.identity); `voter` is the mark
    of their online ballots in this call, where an account of theirs is known. Nothing says which paper it was:
    the database keeps the papers in the box at or below the number of people who were handed one. They stay; only
    `voter` is blanked, where the desk had confirmed that account by the papers of who took it.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="paper_voters")
    identity = models.CharField(max_length=64, editable=False)
    document = models.CharField(max_length=64, blank=True, editable=False)
    voter = models.CharField(_("voter"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("paper voter")
        verbose_name_plural = _("paper voters")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(identity=""), name="paper_voter_is_somebody"),
            models.UniqueConstraint(fields=["call", "identity"], name="one_paper_an_identity"),
            models.UniqueConstraint(
                fields=["call", "document"], condition=~Q(document=""), name="one_paper_a_document"
            ),
            models.UniqueConstraint(
                fields=["call", "voter"], condition=~Q(voter=""), name="one_paper_a_voter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.identity[:12]}"
