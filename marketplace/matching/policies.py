"""Who runs match funds, and answers for their money."""

from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group, member_of
from civic.core.policies import may, policy
from marketplace.matching.models import Challenge, Deposit, FundReturn, MatchFund


@policy(MatchFund, "run")
def runs_funds(actor: Person, fund: object) -> bool:
    """Programme managers and finance officers set funds up, enrol campaigns and answer challenges."""
    return in_group(actor, groups.PROGRAMME_MANAGERS, groups.FINANCE_OFFICERS)


@policy(MatchFund, "share_out", refusal=_("Somebody else has to share out a fund that you set up."))
def shares_out(actor: Person, fund: MatchFund) -> bool:
    """Who runs funds, but for who set this one up: nobody alone decides whom it counts and who gets it."""
    return runs_funds(actor, fund) and fund.made_by_id != actor.pk


@policy(FundReturn, "approve", refusal=_("Somebody else has to approve what you requested."))
def approves_return(actor: Person, returned: FundReturn) -> bool:
    """A second finance officer, without a part in the organisation that is paid."""
    return returns_money(actor, returned.fund) and returned.requested_by_id != actor.pk


@policy(MatchFund, "return_rest", refusal=_("You have a part in the funder; somebody else has to decide."))
def returns_money(actor: Person, fund: MatchFund) -> bool:
    """Finance officers without a part in the organisation that is paid."""
    return may(actor, "keep", "books") and not member_of(actor, fund.funder)


@policy(Challenge, "answer", refusal=_("Somebody else answers what you challenge."))
def answers(actor: Person, challenge: Challenge) -> bool:
    """Who runs funds, but for who challenges."""
    return runs_funds(actor, challenge.fund) and challenge.person_id != actor.pk


@policy(Deposit, "confirm", refusal=_("Somebody else has to confirm what you entered."))
def confirms(actor: Person, deposit: Deposit) -> bool:
    """A second finance officer."""
    return may(actor, "keep", "books") and deposit.entered_by_id != actor.pk
