"""Writing and opening campaigns; their ends are in `closing`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import transition
from marketplace.campaigns import conditions, locking
from marketplace.campaigns.models import Campaign, StretchGoal
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from projects.calls.states import PhaseKind
from projects.proposals.models import Project
from projects.proposals.operations.revisions import locked as locked_project
from projects.proposals.states import ProjectState

LONGEST_USE = 4000
MOST_STRETCH_GOALS = 8


@dataclass(frozen=True)
class Terms:
    """What a campaign promises, in the project's currency. `stretch`: from which amount on what more is done."""

    goal: Money
    rule: str
    ends_at: datetime
    use: str
    pledge_min: Money
    pledge_max: Money | None = None
    cap: Money | None = None
    sponsor_share_max_bp: int = 5000
    stretch: Sequence[tuple[Money, str]] = ()


def draft_campaign(*, actor: Person, project: Project, terms: Terms, at: datetime) -> Campaign:
    """Writes a campaign of the project. Raises Forbidden (not the team), Conflict (state, another one), Invalid."""
    with transaction.atomic():
        current = locked_project(project)
        require(actor, "draft_campaign", current)
        if current.state not in conditions.DRAFTABLE:
            raise Conflict(
                _("A campaign can be written once the project is open, until its money is together.")
            )
        _check(terms, current.currency, at)
        campaign = Campaign(
            project=current,
            book=settings.LEDGER_BOOK,
            currency=current.currency,
            state_since=at,
            **_columns(terms),
        )
        _insert(campaign)
        _write_stretch_goals(campaign, terms)
        events.record("campaign.drafted", actor=actor, subject=campaign, at=at)
    return campaign


def _insert(campaign: Campaign) -> None:
    try:
        with transaction.atomic():
            campaign.save(force_insert=True)
    except IntegrityError as error:
        if "one_live_campaign_a_project" not in str(error):
            raise
        raise Conflict(_("This project has a campaign already.")) from error


def edit_campaign(*, actor: Person, campaign: Campaign, terms: Terms, at: datetime) -> Campaign:
    """Changes a draft. Raises Forbidden, Conflict (its terms are fixed since it opened), Invalid."""
    with transaction.atomic():
        current = locking.lock_exclusive(campaign)
        require(actor, "edit", current)
        if current.state != CampaignState.DRAFT:
            raise Conflict(_("The terms of a campaign are fixed once it is open: people rely on them."))
        _check(terms, current.currency, at)
        columns = _columns(terms)
        Campaign.objects.filter(pk=current.pk).update(**columns)
        for name, value in columns.items():
            setattr(current, name, value)
        current.stretch_goals.all().delete()
        _write_stretch_goals(current, terms)
        events.record("campaign.edited", actor=actor, subject=current, at=at)
    return current


def open_campaign(*, actor: Person, campaign: Campaign, at: datetime, reason: str = "") -> Campaign:
    """Lets people pledge; from now on the terms are fixed.

    Raises Forbidden (who does not run the call, or is of the team), Conflict (project or call are not in their
    funding phase, the end is past or after it, nobody could be paid in the end), IllegalTransition.
    """
    with transaction.atomic():
        current = locking.lock_exclusive(campaign)
        project = current.project
        require(actor, "open", current)
        if not current.can("open"):
            transition(current, "open", actor=actor, at=at)  # refused by its state, before anything is asked
        if project.state != ProjectState.FUNDING:
            raise Conflict(_("The project is not raising money: it has to be chosen first."))
        if why := conditions.why_unpayable(project):
            raise Conflict(why)
        phase = project.call.phase_at(at)
        if phase is None or phase.kind != PhaseKind.FUNDING:
            raise Conflict(_("The call is not in its funding phase."))
        if not at < current.ends_at <= phase.ends_at:
            raise Conflict(
                _("The campaign has to end in the future, and before the call's funding phase does.")
            )
        Campaign.objects.filter(pk=current.pk).update(opened_at=at)
        current.opened_at = at
        transition(current, "open", actor=actor, at=at, reason=reason.strip())
        events.record("project.campaign_opened", actor=actor, subject=project, at=at)
        recount(current, at)
    return current


def _check(terms: Terms, currency: str, at: datetime) -> None:
    least, most, cap = terms.pledge_min, terms.pledge_max, terms.cap
    stretch = [amount for amount, _use in terms.stretch]
    amounts = [one for one in (terms.goal, least, most, cap, *stretch) if one is not None]
    if any(one.currency != currency for one in amounts):
        raise Invalid(goal=_("All amounts are in %(currency)s.") % {"currency": currency})
    if terms.goal.minor <= 0:
        raise Invalid(goal=_("Say how much has to come together."))
    if least.minor <= 0 or terms.goal < least:
        raise Invalid(pledge_min=_("The smallest pledge is more than nothing and not more than the goal."))
    if most is not None and most < least:
        raise Invalid(pledge_max=_("The largest pledge can't be less than the smallest."))
    if cap is not None and cap < terms.goal:
        raise Invalid(cap=_("The limit can't be less than the goal."))
    if terms.ends_at <= at:
        raise Invalid(ends_at=_("Choose a moment in the future."))
    _check_words(terms)


def _check_words(terms: Terms) -> None:
    if terms.rule not in Campaign.Rule.values:
        raise Invalid(rule=_("Choose what happens if the goal is missed."))
    required(terms.use, _("Say what the money is for."), field="use", longest=LONGEST_USE)
    if not 0 <= terms.sponsor_share_max_bp <= 10_000:
        raise Invalid(sponsor_share_max_bp=_("A share is between 0 and 100 %."))
    amounts = [amount for amount, _use in terms.stretch]
    fine = all(terms.goal < amount and use.strip() for amount, use in terms.stretch)
    if len(amounts) > MOST_STRETCH_GOALS or len(set(amounts)) < len(amounts) or not fine:
        raise Invalid(
            stretch=_("Each further goal needs an amount above the goal of its own, and what it adds.")
        )


def _columns(terms: Terms) -> dict[str, object]:
    return {
        "goal_minor": terms.goal.minor,
        "rule": terms.rule,
        "ends_at": terms.ends_at,
        "use": terms.use.strip(),
        "pledge_min_minor": terms.pledge_min.minor,
        "pledge_max_minor": terms.pledge_max.minor if terms.pledge_max else None,
        "cap_minor": terms.cap.minor if terms.cap else None,
        "sponsor_share_max_bp": terms.sponsor_share_max_bp,
    }


def _write_stretch_goals(campaign: Campaign, terms: Terms) -> None:
    StretchGoal.objects.bulk_create(
        StretchGoal(campaign=campaign, amount_minor=amount.minor, use=use.strip())
        for amount, use in terms.stretch
    )
