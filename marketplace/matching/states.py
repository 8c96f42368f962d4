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
    # Given up before it opened, with what was paid in.
    ("close", MatchFundState.DRAFT): MatchFundState.CLOSED,
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


class FundReturnState(TextChoices):
    REQUESTED = "requested", _("waits for approval")
    SENT = "sent", _("on its way")
    SETTLED = "settled", _("arrived")
    WITHDRAWN = "withdrawn", _("not sent")
    FAILED = "failed", _("came back")


FUND_RETURN: Transitions = {
    ("send", FundReturnState.REQUESTED): FundReturnState.SENT,
    ("withdraw", FundReturnState.REQUESTED): FundReturnState.WITHDRAWN,
    ("settle", FundReturnState.SENT): FundReturnState.SETTLED,
    # The bank sent it back, at once or days after it had arrived: it is in the fund again.
    ("fail", FundReturnState.SENT): FundReturnState.FAILED,
    ("fail", FundReturnState.SETTLED): FundReturnState.FAILED,
}
# What has left the fund, or leaves it now.
GONE = [FundReturnState.SENT, FundReturnState.SETTLED]


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


class LeftOut(TextChoices):
    """Why a gift is not matched any more."""

    NOT_PAID = "not_paid", _("it was taken back, given back or not paid")
    NO_RESIDENCY = "no_residency", _("its giver is no verified resident any more")
    RELATED = "related", _("its giver has a part in the project or its fund")
