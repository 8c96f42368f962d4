from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.voting.states import BALLOT, BallotState


class Ballots(models.QuerySet["Ballot"]):
    """Which ballots are meant."""

    def live(self) -> "Ballots":
        """Those that count: cast, not replaced, not void."""
        return self.filter(state=BallotState.CAST)


class Ballot(Stateful, BaseModel):
    """One person's vote in one call. Only the database function `voting_cast` and imports add one.

    `voter` is a keyed HMAC of person and call: it keeps a second ballot out and leads to nobody without the key. A
    ballot never changes but to be superseded or void, and not even that once the poll is sealed. References to the
    call and its projects have no foreign key in the database, since its check would lock the row of a hot
    project for every ballot; triggers check them instead.

    Its id is random and its times are days (`voting_ballot_day`): a time, also one inside an id, ties a ballot to
    whoever was signed in at that moment.
    """

    class Channel(models.TextChoices):
        ONLINE = "online", _("online")
        PAPER = "paper", _("on paper")
        IMPORT = "import", _("imported")

    TRANSITIONS = BALLOT
    noun = "ballot"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # Whoever replaces a ballot writes each index twice; those below begin with the same column.
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="ballots"
    )
    voter = models.CharField(_("voter"), max_length=64, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    choices = models.PositiveSmallIntegerField(_("choices"))
    receipt = models.CharField(
        _("fingerprint of the receipt"),
        max_length=64,
        help_text=_("A keyed mark of the receipt code; the published list names the ballot by it."),
    )
    state = state_field(BallotState, 10)

    objects = Ballots.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call", "voter"],
                condition=Q(state=BallotState.CAST),
                name="one_live_ballot_a_person_and_call",
            ),
            models.UniqueConstraint(fields=["receipt"], name="one_ballot_a_receipt"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["call", "receipt"], name="ballot_call_receipt"),
            models.Index(
                fields=["call"], condition=Q(channel="paper", state=BallotState.CAST), name="ballot_on_paper"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt[:12]


class BallotLine(models.Model):
    """What a ballot says about one project: 1 for a choice, points, or the place in a ranking (1 is best)."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, db_index=False, related_name="lines")
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    value = models.PositiveIntegerField(_("value"))

    class Meta:
        verbose_name = _("ballot line")
        verbose_name_plural = _("ballot lines")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "project"], name="one_line_a_project_and_ballot"),
            models.CheckConstraint(condition=Q(value__gte=1), name="ballot_line_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.value}"
