"""States of match funds, challenges and allocations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class MatchFundState(TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    FROZEN = "frozen", _("frozen, may be challenged")
    SETTLED = "settled", _("settled")
    CLOSED = "closed", _("closed")


MATCH_FUND: Transitions = {
    ("open", MatchFundState.DRAFT): MatchFundState.OPEN,
    # The input of a quadratic fund is published at the freeze; an upheld challenge freezes it anew.
    ("freeze", MatchFundState.OPEN): MatchFundState.FROZEN,
    ("freeze", MatchFundState.FROZEN): MatchFundState.FROZEN,
    ("settle", MatchFundState.FROZEN): MatchFundState.SETTLED,
    ("close", MatchFundState.OPEN): MatchFundState.CLOSED,
    ("close", MatchFundState.SETTLED): MatchFundState.CLOSED,
}


class ChallengeState(TextChoices):
    OPEN = "open", _("open")
    UPHELD = "upheld", _("upheld")
    REJECTED = "rejected", _("rejected")


CHALLENGE: Transitions = {
    ("uphold", ChallengeState.OPEN): ChallengeState.UPHELD,
    ("reject", ChallengeState.OPEN): ChallengeState.REJECTED,
}


class AllocationState(TextChoices):
    ESTIMATED = "estimated", _("estimated")
    RESERVED = "reserved", _("reserved")
    COMMITTED = "committed", _("committed")
    PAID = "paid", _("paid")
    RELEASED = "released", _("released")


ALLOCATION: Transitions = {
    ("reserve", AllocationState.ESTIMATED): AllocationState.RESERVED,
    ("commit", AllocationState.RESERVED): AllocationState.COMMITTED,
    ("pay", AllocationState.COMMITTED): AllocationState.PAID,
    ("release", AllocationState.ESTIMATED): AllocationState.RELEASED,
    ("release", AllocationState.RESERVED): AllocationState.RELEASED,
    ("release", AllocationState.COMMITTED): AllocationState.RELEASED,
}
