"""The locks of money, and their one order.

1. the campaign (`lock_exclusive`, `lock_shared`), several of them by id
   needs of data by id, then their gifts by id (`exchange.locking`)
2. its match funds by id, then allocations (`matching.operations.matching`)
3. pledges and their instalments (`lock_pledge`, `lock_pledges`, `lock_pledge_of`); sponsorships, packages
   (`sponsorship.locking`)
4. invoices and their series
5. payment files; transfers by id; lines of statements that they send back, or that brought them; charges; refunds
   by id (`payments.locking`)
6. payouts, of bounties too
7. accounts of the ledger, by the ledger itself

Whoever locks two of these takes the one that stands first first: two that took them the other way round would wait for
each other for ever. Those that add to a campaign share its row; whoever closes it, or takes from it, has it alone. So a
pledge is either there before the close and counted, or comes after it and is refused. Places under a cap are counted by
the database's own rule (sql/pledges.sql), where pledges wait for each other.
"""

from datetime import datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    UUIDField,
    Value,
    When,
)  # fmt: skip
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from civic.accounts.models import Person
from civic.core.errors import NotFound
from civic.core.locking import lock_row, lock_rows
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.states import NO_GIFT, TAKES_PLACE, PledgeState
from projects.calls.models import Phase
from projects.calls.states import CallState, PhaseKind

if TYPE_CHECKING:

    class PledgeContext(Campaign):
        """A campaign with what a pledge is checked against, as `pledge_context` reads it."""

        project_state: str
        in_phase: bool
        taken_minor: int
        mine_minor: int
        nameless: bool | None
        sent: UUID | None

else:
    PledgeContext = Campaign


def lock_exclusive(campaign: Campaign) -> Campaign:
    """The campaign as it stands now, with its project; nobody else has it until the transaction ends."""
    try:
        return lock_row(Campaign.objects.select_related("project__call"), pk=campaign.pk)
    except Campaign.DoesNotExist as error:
        raise NotFound from error


def lock_campaigns(rows: QuerySet[Campaign]) -> dict[UUID, Campaign]:
    """Several campaigns as they stand now, by id, each as `lock_exclusive` gives it."""
    return {campaign.pk: campaign for campaign in lock_rows(rows.select_related("project__call"))}


def lock_shared(campaign: Campaign) -> Campaign:
    """The campaign as it stands now; it is not closed until the transaction ends."""
    return _share(Campaign.objects.filter(pk=campaign.pk))


def pledge_context(campaign: Campaign, person: Person, token: UUID | None, at: datetime) -> PledgeContext:
    """The same in one statement with what a pledge is checked against, as attributes.

    `project_state` and `in_phase` (of the call, at that moment), `taken_minor` (all pledges under a cap; nothing where
    there is none, as there may be very many), `mine_minor` (this person's, with all their months), `nameless` (whether
    this person's other pledges hide the name, None without one), `sent` (the pledge that was made by this form, or
    None). Sums may be older than the lock where it had to wait: the database's own rules look again.
    """
    mine = Pledge.objects.filter(campaign=OuterRef("pk"), person=person)
    found = Campaign.objects.filter(pk=campaign.pk).annotate(
        project_state=F("project__state"),
        in_phase=Exists(_funding_phase(at)),
        taken_minor=Case(
            When(cap_minor__isnull=False, then=_total(Pledge.objects.filter(campaign=OuterRef("pk")))),
            default=0,
        ),
        mine_minor=_total(mine, F("amount_minor") * F("months")),
        nameless=Subquery(mine.exclude(state__in=NO_GIFT).order_by("-anonymous").values("anonymous")[:1]),
        sent=Subquery(mine.filter(token=token).values("pk")[:1])
        if token
        else Value(None, output_field=UUIDField()),
    )
    return cast(PledgeContext, _share(found))


def lock_pledge(wanted: Pledge, campaign: Campaign | None = None) -> Pledge:
    """The pledge as it stands now, locked; its campaign, where one is given, is locked already."""
    pledge = lock_row(Pledge.objects.select_related("method"), pk=wanted.pk)
    if campaign:
        pledge.campaign = campaign
    return pledge


def lock_with_campaign(wanted: Pledge, *, shared: bool = False) -> Pledge:
    """The pledge as it stands now, locked, its campaign locked before it: alone, or shared with others."""
    return lock_pledge(wanted, (lock_shared if shared else lock_exclusive)(wanted.campaign))


def lock_pledge_of(instalment: Instalment) -> Pledge:
    """The pledge that a month belongs to, as it stands now, locked before the month."""
    rows = Pledge.objects.select_related("campaign", "method", "person")
    instalment.pledge = lock_row(rows, pk=instalment.pledge_id)
    return instalment.pledge


def lock_pledges(campaign: Campaign, states: list[PledgeState]) -> list[Pledge]:
    """The campaign's pledges in these states, locked by id; the campaign is locked already."""
    pledges = lock_rows(Pledge.objects.filter(campaign=campaign, state__in=states).select_related("method"))
    for pledge in pledges:
        pledge.campaign = campaign
    return pledges


def lock_pledges_of(person: Person, campaign: Campaign) -> list[Pledge]:
    """The person's pledges to the campaign, locked by id; the campaign is locked already."""
    return lock_rows(Pledge.objects.filter(campaign=campaign, person=person))


def _share(found: QuerySet[Campaign]) -> Campaign:
    # FOR SHARE lets pledges run side by side and keeps `close` out. Django has no API for it, hence raw SQL. Without it
    # a pledge that passed its check before the close could be written after it, and be counted on neither side.
    sql, values = found.query.sql_with_params()
    rows = Campaign.objects.raw(f'{sql} FOR SHARE OF "campaigns_campaign"', values)
    campaign = next(iter(rows), None)
    if campaign is None:
        raise NotFound
    return campaign


def _funding_phase(at: datetime) -> QuerySet[Phase]:
    return Phase.objects.filter(
        call=OuterRef("project__call"),
        call__state__in=[CallState.OPEN, CallState.DECIDED],
        kind=PhaseKind.FUNDING,
        starts_at__lte=at,
        ends_at__gt=at,
    )


def _total(pledges: QuerySet[Pledge], each: Combinable | str = "amount_minor") -> Coalesce:
    """A sum of bigints is numeric; a raw query would hand it on as a Decimal."""
    live = pledges.filter(state__in=TAKES_PLACE).order_by().values("campaign")
    total = live.annotate(total=Cast(Sum(each), BigIntegerField())).values("total")
    return Coalesce(Subquery(total), Value(0), output_field=BigIntegerField())
