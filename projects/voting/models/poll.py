from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.voting.rules.outcome import Why


class Poll(models.Model):
    """The vote in one call: the committed draw before it, the seal after it, and how far the count has come.

    `commitment` is the SHA-256 of `seed`; it is public from the start, the seed only with the tally. `key_digest` is
    the SHA-256 of `secrecy.call_key` in hexadecimal, empty for an imported vote. Ballots of before `shuffled_until`
    were written anew in random order (`voting_shuffle`); `shuffling` is set while that goes on.
    """

    call = models.OneToOneField(Call, primary_key=True, on_delete=models.PROTECT, related_name="poll")
    seed = models.CharField(max_length=64, editable=False)
    commitment = models.CharField(_("commitment to the draw"), max_length=64, editable=False)
    prepared_at = models.DateTimeField(_("prepared"))
    sealed_at = models.DateTimeField(_("sealed"), null=True, editable=False)
    ballots = models.PositiveIntegerField(_("ballots sealed"), null=True, editable=False)
    key_digest = models.CharField(_("digest of the key"), max_length=64, blank=True, editable=False)
    shuffled_until = models.DateTimeField(_("shuffled until"), null=True, editable=False)
    shuffling = models.BigIntegerField(_("last line before the round"), null=True, editable=False)
    counting = models.CharField(_("counting"), max_length=200, blank=True, editable=False)
    counted = models.PositiveSmallIntegerField(_("counted, in percent"), default=0, editable=False)

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sealed_at=None, ballots=None)
                | models.Q(sealed_at__isnull=False, ballots__isnull=False),
                name="sealed_poll_knows_its_ballots",
            )
        ]

    def __str__(self) -> str:
        return str(self.call)


class Tally(BaseModel):
    """The immutable result of a call's vote, with all that is needed to recompute it.

    Amounts in `trace` are in the unit of the published file: `unit_minor` minor units of the currency each.
    """

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="tally")
    rule = models.CharField(_("rule"), max_length=40)
    seed = models.CharField(_("seed of the draw"), max_length=64)
    input_digest = models.CharField(_("digest of the ballots"), max_length=64)
    ballots = models.PositiveIntegerField(_("ballots"))
    budget_minor = models.BigIntegerField(_("budget in minor units"))
    spent_minor = models.BigIntegerField(_("spent in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    unit_minor = models.PositiveIntegerField(_("minor units in one unit of the trace"))
    trace = models.JSONField(_("trace"))
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"{self.call} · {self.rule}"

    @property
    def budget(self) -> Money:
        return Money(self.budget_minor, self.currency)

    @property
    def spent(self) -> Money:
        return Money(self.spent_minor, self.currency)


class ProjectResult(BaseModel):
    """How one project fared, ready to be shown: rounds for winners, what was missing for the others."""

    tally = models.ForeignKey(Tally, on_delete=models.PROTECT, related_name="results")
    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="result")
    won = models.BooleanField(_("won"))
    place = models.PositiveIntegerField(
        _("place"), help_text=_("Winners by round, then the others by score.")
    )
    score = models.PositiveBigIntegerField(_("score"))
    supporters = models.PositiveIntegerField(_("voters for it"))
    cost_minor = models.BigIntegerField(_("cost in minor units"))
    price_minor = models.DecimalField(
        _("price a point in minor units"), max_digits=24, decimal_places=6, null=True
    )
    tie = models.BooleanField(_("decided by the order for ties"), default=False)
    why = models.CharField(
        _("why not"), max_length=16, choices=[(why.value, why.value) for why in Why], blank=True
    )
    missing_minor = models.DecimalField(
        _("missing in minor units"), max_digits=24, decimal_places=6, null=True
    )
    raise_minor = models.PositiveBigIntegerField(_("higher share needed, in minor units"), null=True)
    more_supporters = models.PositiveBigIntegerField(_("more supporters needed"), null=True)

    class Meta:
        verbose_name = _("project result")
        verbose_name_plural = _("project results")
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tally", "place"], name="one_project_a_place"),
            models.CheckConstraint(
                condition=models.Q(won=True, why="") | models.Q(won=False), name="winner_lacks_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.place}"
