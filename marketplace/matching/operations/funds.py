"""Setting up match funds and enrolling campaigns."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from civic.accounts.models import Organisation, Person
from civic.core import events, ids
from civic.core.errors import Conflict, Invalid
from civic.core.locking import lock_rows
from civic.core.money import CURRENCIES
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.campaigns.locking import lock_exclusive
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import threshold
from marketplace.matching.operations.matching import match_campaign
from marketplace.matching.states import MatchFundState
from projects.calls.models import Call

ENROLLABLE = [CampaignState.DRAFT, CampaignState.OPEN]


@dataclass(frozen=True)
class FundTerms:
    """What a fund is; amounts in minor units of `currency`, `ratio_bp` in basis points (10000: one for one).

    A ratio fund always has a most for a person and for a project: where none is named, `DEFAULT_CAPS`.
    """

    title: str
    summary: str
    funder: Organisation
    currency: str
    rule: str
    freezes_at: datetime
    call: Call | None = None
    ratio_bp: int | None = None
    threshold_backers: int | None = None
    threshold_minor: int | None = None
    gift_min_minor: int = 100
    gift_cap_minor: int | None = None
    person_cap_minor: int | None = None
    project_cap_minor: int | None = None
    challenge_days: int = 14

    def values(self) -> dict[str, object]:
        """The terms by the names of the model's columns."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        caps = DEFAULT_CAPS if self.rule == MatchFund.Rule.RATIO else {}
        return named | {name: minor for name, minor in caps.items() if named[name] is None}


# In minor units. Without a most for a person one pledge by a card that will never pay reserves the whole fund.
DEFAULT_CAPS = {"person_cap_minor": 500_00, "project_cap_minor": 10_000_00}
# For those who gave, and did not, to look at what was published.
LEAST_CHALLENGE_DAYS = 3

# What each rule needs, and what would have no meaning in it.
NEEDS = {
    MatchFund.Rule.RATIO: ["ratio_bp"],
    MatchFund.Rule.THRESHOLD: ["threshold_backers", "threshold_minor"],
    MatchFund.Rule.QUADRATIC: [],
}
HAS_NO = {
    MatchFund.Rule.RATIO: ["threshold_backers", "threshold_minor"],
    MatchFund.Rule.THRESHOLD: ["ratio_bp", "gift_cap_minor", "person_cap_minor", "project_cap_minor"],
    MatchFund.Rule.QUADRATIC: ["ratio_bp", "threshold_backers", "threshold_minor", "person_cap_minor"],
}
POSITIVE = [
    *("ratio_bp", "threshold_backers", "threshold_minor", "gift_min_minor"),
    *("gift_cap_minor", "person_cap_minor", "project_cap_minor"),
]


def create_fund(*, actor: Person, terms: FundTerms, at: datetime) -> MatchFund:
    """A fund that is being prepared; nobody but the council sees it. Raises Forbidden, Invalid."""
    require(actor, "run", MatchFund)
    _check(terms, at)
    with transaction.atomic():
        fund = MatchFund(slug=_slug(terms.title), book=settings.LEDGER_BOOK, **terms.values())
        fund.state_since, fund.made_by = at, actor
        fund.save(force_insert=True)
        events.record("match_fund.created", actor=actor, subject=fund, at=at, payload={"rule": fund.rule})
    return fund


def change_fund(*, actor: Person, fund: MatchFund, terms: FundTerms, at: datetime) -> MatchFund:
    """Changes what is being prepared; an open fund keeps its terms. Raises Forbidden, Conflict, Invalid."""
    require(actor, "run", MatchFund)
    _check(terms, at)
    with transaction.atomic():
        if lock(fund).state != MatchFundState.DRAFT:
            raise Conflict(_("The fund is open; its terms stay as they are."))
        if fund.deposits.exists() and terms.currency != fund.currency:
            raise Invalid(currency=_("Money was paid in already; the currency stays."))
        MatchFund.objects.filter(pk=fund.pk).update(**terms.values())
        fund.refresh_from_db()
        events.record("match_fund.changed", actor=actor, subject=fund, at=at)
    return fund


def open_fund(*, actor: Person, fund: MatchFund, at: datetime) -> None:
    """Shows the fund to everybody; its terms stay as they are from now on. Raises Forbidden, Conflict."""
    require(actor, "run", MatchFund)
    with transaction.atomic():
        lock(fund)
        if fund.freezes_at <= at:
            raise Conflict(_("Its last day has passed. Choose a later one first."))
        transition(fund, "open", actor=actor, at=at, payload={"rule": fund.rule})


def enrol(*, actor: Person, fund: MatchFund, campaign: Campaign, at: datetime) -> Allocation:
    """Lets a campaign take part in a fund; what it has already been pledged is matched at once.

    Raises Forbidden, Invalid (another currency, book or call), Conflict (too late, enrolled already, or less in
    the fund than its threshold would unlock).
    """
    require(actor, "run", MatchFund)
    with transaction.atomic():
        current = lock_exclusive(campaign)
        # All funds of the campaign: this one alone could be locked in another order than somebody else does.
        others = Allocation.objects.filter(campaign=campaign).values("fund")
        lock_rows(MatchFund.objects.filter(Q(pk=fund.pk) | Q(pk__in=others)))
        _check_fits(lock(fund), current, at)
        allocation = _enrolled(fund, current, at)
        events.record("allocation.enrolled", actor=actor, subject=allocation, at=at)
        if fund.rule == MatchFund.Rule.THRESHOLD:
            threshold.set_aside(allocation, at)
        match_campaign(current, at)
        recount(current, at)
    allocation.refresh_from_db()
    return allocation


def _enrolled(fund: MatchFund, campaign: Campaign, at: datetime) -> Allocation:
    try:
        with transaction.atomic():
            return Allocation.objects.create(fund=fund, campaign=campaign, state_since=at)
    except IntegrityError as error:
        raise Conflict(_("This campaign takes part in the fund already.")) from error


def _check_fits(fund: MatchFund, campaign: Campaign, at: datetime) -> None:
    if fund.state != MatchFundState.OPEN or at >= fund.freezes_at:
        raise Conflict(_("This fund takes no more campaigns."))
    if campaign.state not in ENROLLABLE:
        raise Conflict(_("This campaign is over."))
    if (campaign.currency, campaign.book) != (fund.currency, fund.book):
        raise Invalid(campaign=_("The campaign is in another currency than the fund, or in another book."))
    if fund.call_id and campaign.project.call_id != fund.call_id:
        raise Invalid(campaign=_("The fund is for the projects of another call."))


def _check(terms: FundTerms, at: datetime) -> None:
    wrong = _of_its_rule(terms)
    for name in POSITIVE:
        value = getattr(terms, name)
        if value is not None and value <= 0:
            wrong[name] = _("This must be more than nothing.")
    if terms.currency not in CURRENCIES:
        wrong["currency"] = _("This is not the code of a currency, like EUR or PLN.")
    if terms.freezes_at <= at:
        wrong["freezes_at"] = _("Choose a moment that is still to come.")
    if wrong:
        raise Invalid(**wrong)


def _of_its_rule(terms: FundTerms) -> dict[str, str]:
    """What is wrong with the terms by their rule, by field."""
    wrong: dict[str, str] = {}
    for name in NEEDS[MatchFund.Rule(terms.rule)]:
        if getattr(terms, name) is None:
            wrong[name] = _("This rule needs it.")
    for name in HAS_NO[MatchFund.Rule(terms.rule)]:
        if getattr(terms, name) is not None:
            wrong[name] = _("This rule has no use for it; leave it empty.")
    if terms.rule == MatchFund.Rule.QUADRATIC and terms.challenge_days < LEAST_CHALLENGE_DAYS:
        words = _("At least %(days)s days: people need time to look at what is published.")
        wrong["challenge_days"] = words % {"days": LEAST_CHALLENGE_DAYS}
    return wrong


def _slug(title: str) -> str:
    slug = slugify(title)[:120].strip("-")
    if not slug or MatchFund.objects.filter(slug=slug).exists():
        slug = f"{slug}-{ids.readable_code(5).lower()}".strip("-")
    return slug
