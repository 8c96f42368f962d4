"""A sponsorship from the offer to the benefits delivered; its invoices are in `invoicing`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Organisation, Person
from civic.core import events, row_steps
from civic.core.errors import Conflict, Invalid, required
from civic.core.policies import may, require
from civic.core.states import transition
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from marketplace.invoicing import vat
from marketplace.invoicing.operations import credit_notes
from marketplace.invoicing.operations.issuing import current_issuer
from marketplace.sponsorship.locking import lock_package, lock_sponsorship
from marketplace.sponsorship.models import Package, Sponsorship
from marketplace.sponsorship.queries import why_no_sponsor
from marketplace.sponsorship.states import SPONSORSHIP_ENDED, SponsorshipState

LONGEST = 2000
NO_FINDING = gettext_lazy("Say what you found; the sponsor reads it.")
MAY_BE_EMPTY = ("vat_id", "purchase_order")
UNPAID = [SponsorshipState.CONTRACTED, SponsorshipState.INVOICED]
NOT_CONTRACTED = [SponsorshipState.OFFERED, SponsorshipState.CONFLICT_CHECKED]


@dataclass(frozen=True)
class Billing:
    """Who the invoice goes to. `country` is ISO 3166-1, `vat_id` may be empty."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    email: str
    vat_id: str = ""
    purchase_order: str = ""


def offer(
    *,
    actor: Person,
    package: Package,
    organisation: Organisation,
    conflict: str,
    billing: Billing,
    token: UUID,
    at: datetime,
) -> Sponsorship:
    """Offers to sponsor for a package's benefits; the same `token` offers once.

    `conflict` says which ties the organisation has to the project and to who decides about it. Raises Forbidden (not
    an owner or manager), Conflict (campaign not open, no place left, above the sponsors' share, a live sponsorship of
    this package already), Invalid (conflict, billing_…, vat_id).
    """
    missing = _("Say which ties there are, or that there are none.")
    billing = check_billing(billing)
    conflict = required(conflict, missing, field="conflict", longest=LONGEST)
    with transaction.atomic():
        current = lock_package(package)
        require(actor, "sponsor_for", organisation)
        sent = Sponsorship.objects.filter(organisation=organisation, token=token).first()
        if sent:
            return sent
        _check_room(current, organisation, at)
        made = Sponsorship.objects.create(
            **_terms(current), **_billed(billing), organisation=organisation, offered_by=actor,
            conflict=conflict, token=token, state_since=at,
        )  # fmt: skip
        events.record("sponsorship.offered", actor=actor, subject=made, at=at)
    return made


def check_billing(billing: Billing) -> Billing:
    """The address, tidied. Raises Invalid where a line is missing or the VAT number can't be one of its country."""
    tidy = {name: " ".join(value.split()) for name, value in vars(billing).items()}
    tidy |= {"country": tidy["country"].upper(), "vat_id": vat.tidy(tidy["vat_id"])}
    for name, value in tidy.items():
        _check_line(_column(name), value)
    vat.check_country(tidy["country"], current_issuer())
    vat.check_id(tidy["vat_id"], tidy["country"])
    return Billing(**tidy)


def _check_line(column: str, value: str) -> None:
    if not value and column not in MAY_BE_EMPTY:
        raise Invalid(**{column: _("The invoice needs this.")})
    try:
        Sponsorship._meta.get_field(column).run_validators(value)  # type: ignore[union-attr]
    except ValidationError as error:
        raise Invalid(**{column: error.messages[0]}) from error


def _check_room(package: Package, organisation: Organisation, at: datetime) -> None:
    campaign = package.campaign
    _require_open(campaign, at)
    live = Sponsorship.objects.filter(campaign=campaign).exclude(state__in=SPONSORSHIP_ENDED)
    if live.filter(package=package, organisation=organisation).exists():
        raise Conflict(_("Your organisation has this package already."))
    if package.places is not None and live.filter(package=package).count() >= package.places:
        raise Conflict(_("The last place of this package has just gone. Choose another one."))
    given = live.aggregate(total=Sum("amount_minor"))["total"] or 0
    if given + package.amount_minor > campaign.sponsors_most_minor:
        raise Conflict(
            _("Sponsors may give %(most)s of this campaign together, and this would be more.")
            % {"most": campaign.money(campaign.sponsors_most_minor)}
        )


def _require_open(campaign: Campaign, at: datetime) -> None:
    why = why_no_sponsor(campaign, at)
    if why:
        raise Conflict(why)


def _terms(package: Package) -> dict[str, Any]:
    return {
        "campaign": package.campaign,
        "package": package,
        "amount_minor": package.amount_minor,
        "currency": package.campaign.currency,
        "benefits": package.benefits,
    }


def _billed(billing: Billing) -> dict[str, str]:
    return {_column(name): value for name, value in vars(billing).items()}


def _column(name: str) -> str:
    return name if name in MAY_BE_EMPTY else f"billing_{name}"


def check_conflict(*, actor: Person, sponsorship: Sponsorship, reason: str, at: datetime) -> Sponsorship:
    """Finds that no tie speaks against the sponsor; `reason` is the finding, which the sponsor reads.

    Raises Forbidden (not the desk, or of the sponsor or the team), Invalid without a finding, IllegalTransition.
    """
    finding = required(reason, NO_FINDING, longest=LONGEST)
    with transaction.atomic():
        current = lock_sponsorship(sponsorship)
        require(actor, "check", current)
        Sponsorship.objects.filter(pk=current.pk).update(conflict_finding=finding, checked_by=actor)
        transition(current, "check", actor=actor, at=at, reason=finding)
    return current


def decline(*, actor: Person, sponsorship: Sponsorship, reason: str, at: datetime) -> Sponsorship:
    """Refuses an offer, with the reason, which the sponsor reads. Raises as `check_conflict`."""
    return _lapse(sponsorship, "check", actor, at, required(reason, NO_FINDING, longest=LONGEST))


def withdraw(*, actor: Person, sponsorship: Sponsorship, at: datetime) -> Sponsorship:
    """Takes an offer back before it is a contract. Raises Forbidden (not the sponsor), IllegalTransition, Conflict."""
    return _lapse(sponsorship, "withdraw", actor, at, "")


def contract(*, actor: Person, sponsorship: Sponsorship, at: datetime, reason: str = "") -> Sponsorship:
    """Accepts the terms for the organisation: from now on its money counts for the goal and an invoice follows.

    The desk may enter what was signed on paper, and says so as `reason`. Raises Forbidden (neither), Conflict (the
    campaign has closed), IllegalTransition (not checked).
    """
    with transaction.atomic():
        current = lock_sponsorship(sponsorship)
        if not (reason.strip() and may(actor, "contract_on_paper", current)):
            require(actor, "contract", current)
        _require_open(current.campaign, at)
        transition(current, "contract", actor=actor, at=at, reason=reason.strip())
        recount(current.campaign, at)
    return current


def fulfil(*, actor: Person, sponsorship: Sponsorship, at: datetime, reason: str = "") -> Sponsorship:
    """Confirms that the benefits were delivered.

    Raises Forbidden (neither the sponsor nor the desk), Conflict (campaign not successful), IllegalTransition.
    """
    with transaction.atomic():
        current = lock_sponsorship(sponsorship)
        require(actor, "fulfil", current)
        if current.campaign.state != CampaignState.SUCCEEDED:
            raise Conflict(_("Benefits follow once the campaign has succeeded."))
        transition(current, "fulfil", actor=actor, at=at, reason=reason.strip())
    return current


def lapse_late(*, at: datetime, limit: int = 200) -> int:
    """Ends what was not contracted: checked offers after SPONSOR_CONTRACT_DAYS, and all of closed campaigns."""
    late = Q(
        state=SponsorshipState.CONFLICT_CHECKED,
        state_since__lte=at - timedelta(days=settings.SPONSOR_CONTRACT_DAYS),
    )
    closed = Q(state__in=NOT_CONTRACTED) & (
        ~Q(campaign__state=CampaignState.OPEN) | Q(campaign__ends_at__lte=at)
    )
    found = Sponsorship.objects.filter(late | closed).select_related("campaign").order_by("id")
    return row_steps.each("offers to lapse", found, lambda one: _lapse_one(one, at), at=at, limit=limit)


def _lapse_one(sponsorship: Sponsorship, at: datetime) -> bool:
    with transaction.atomic():
        current = lock_sponsorship(sponsorship)
        if current.state not in NOT_CONTRACTED:
            return False
        transition(current, "lapse", actor=None, at=at)
    return True


def lapse_for(campaign: Campaign, at: datetime) -> None:
    """The campaign missed its goal or was cancelled: offers lapse, invoices are credited, what was paid goes back.

    Runs in the caller's transaction, which holds the campaign's lock: whoever changes a sponsorship takes that first,
    so that none of these changes meanwhile. Doing it again changes nothing.
    """
    _end(campaign, Sponsorship.objects.exclude(state__in=SPONSORSHIP_ENDED), at)


def release_unpaid(campaign: Campaign, at: datetime) -> None:
    """The project ended after the campaign's success: what no sponsor has paid anything of yet is not owed any more.

    As `lapse_for`.
    """
    _end(campaign, Sponsorship.objects.filter(state__in=[*NOT_CONTRACTED, *UNPAID]), at)


def _end(campaign: Campaign, rows: QuerySet[Sponsorship], at: datetime) -> None:
    for one in rows.filter(campaign=campaign).order_by("pk"):
        one.campaign = campaign
        if one.can("lapse"):
            transition(one, "lapse", actor=None, at=at)
        elif one.can("credit"):
            assert one.invoice
            credit_notes.credit_for(one.invoice, reason=str(_("The project did not come about.")), at=at)


def _lapse(sponsorship: Sponsorship, verb: str, actor: Person, at: datetime, reason: str) -> Sponsorship:
    with transaction.atomic():
        current = lock_sponsorship(sponsorship)
        require(actor, verb, current)
        if current.state not in NOT_CONTRACTED:
            raise Conflict(
                _(
                    "This is a contract now. The city’s finance office ends it, by a credit note for its invoice."
                )
            )
        transition(current, "lapse", actor=actor, at=at, reason=reason)
    return current
