"""Who runs match funds, and answers for their money."""

from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.core.policies import may, policy
from marketplace.matching.models import Challenge, Deposit, MatchFund


@policy(MatchFund, "run")
def runs_funds(actor: Person, fund: object) -> bool:
    """Programme managers and finance officers set funds up, enrol campaigns and answer challenges."""
    return in_group(actor, groups.PROGRAMME_MANAGERS, groups.FINANCE_OFFICERS)


@policy(Challenge, "answer", refusal=_("Somebody else answers what you challenge."))
def answers(actor: Person, challenge: Challenge) -> bool:
    """Who runs funds, but for who challenges."""
    return runs_funds(actor, challenge.fund) and challenge.person_id != actor.pk


@policy(Deposit, "confirm", refusal=_("Somebody else has to confirm what you entered."))
def confirms(actor: Person, deposit: Deposit) -> bool:
    """A second finance officer."""
    return may(actor, "keep", "books") and deposit.entered_by_id != actor.pk
