"""Data needs with their gifts, offers and deliveries, made by the verbs that people use.

Datasets are rows: what a need checks stands in the revision's schema, and no file is read for it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate

from civic.accounts.models import Organisation, Person
from civic.core.money import Money
from datasets.catalogue.models import Dataset, Distribution, Revision, Upload
from datasets.catalogue.states import DatasetState, UploadState
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, Delivery, Offer
from marketplace.exchange.operations import deliveries, gifts, needs, offers, payouts
from marketplace.exchange.operations.needs import Terms
from marketplace.payments.models import Charge, DemoPayment, Transfer
from marketplace.payments.operations import advance_transfer
from marketplace.payments.providers import Outcome, demo
from projects.proposals.models import Project
from tests.factories import accounts, campaigns, catalogue, matching, payments

COLUMNS = [("tree", "string"), ("planted", "date"), ("height", "number")]
SCHEMA = {"fields": [{"name": name, "type": kind} for name, kind in COLUMNS]}


@dataclass
class Scene:
    """A need with those who act on it: the team's author, the organisation that offers and its owner."""

    need: DataNeed
    team: Person
    owner: Person
    organisation: Organisation
    dataset: Dataset
    at: datetime
    givers: list[Person] = field(default_factory=list)

    def now(self) -> DataNeed:
        """The need as it is."""
        return DataNeed.objects.get(pk=self.need.pk)


def terms(at: datetime, **changes: Any) -> Terms:
    """What a need asks for: the columns of street trees, within twenty days."""
    said: dict[str, Any] = {
        "title": "Trees of the streets",
        "description": "Each tree with its height, for the shade of the new square.",
        "deadline": localdate(at) + timedelta(days=20),
        "columns": COLUMNS,
    }
    return Terms(**(said | changes))


def need(project: Project, at: datetime, **changes: Any) -> DataNeed:
    """One that is open."""
    assert project.author
    made = needs.state_need(actor=project.author, project=project, terms=terms(at, **changes), at=at)
    return needs.open_need(actor=project.author, need=made, at=at)


def scene(at: datetime, *, days: tuple[date, date] | None = None, **changes: Any) -> Scene:
    """An open need, and an organisation with a usable account and a published dataset that fits."""
    project = campaigns.funding_project(at=at)
    owner = accounts.person()
    organisation = accounts.organisation(owner)
    matching.details(organisation, owner, at - timedelta(days=8))
    made = dataset(organisation, at, days=days)
    assert project.author
    return Scene(need(project, at, **changes), project.author, owner, organisation, made, at)


def dataset(organisation: Organisation, at: datetime, *, days: tuple[date, date] | None = None) -> Dataset:
    """A published one with a revision of the columns above, as a row."""
    made = catalogue.dataset(catalogue.writer(organisation), publisher=organisation, at=at)
    first, last = days or (None, None)
    revision(made, at)
    Dataset.objects.filter(pk=made.pk).update(
        state=DatasetState.PUBLISHED, state_since=at, first_day=first, last_day=last
    )
    made.refresh_from_db()
    return made


def revision(of: Dataset, at: datetime, schema: dict[str, Any] | None = None) -> Revision:
    """The next revision, as a row."""
    sent = Upload.objects.create(
        dataset=of,
        name="trees.csv",
        size=10,
        received=10,
        received_at=at,
        expires_at=at + timedelta(days=7),
        state=UploadState.PUBLISHED,
        parquet=f"catalogue/{uuid4().hex}.parquet",
        found={"parquet": {"sha256": "0" * 64, "size": 10}},
    )
    number = of.revisions.count() + 1
    # One transaction: at its end the database asks for the file.
    with transaction.atomic():
        made = Revision.objects.create(
            dataset=of,
            number=number,
            upload=sent,
            sha256="0" * 64,
            rows=3,
            rejected_rows=0,
            schema=schema or SCHEMA,
            profile={"columns": {}, "first": []},
            report={},
            published_at=at,
        )
        Distribution.objects.create(
            revision=made,
            format="parquet",
            media_type="application/vnd.apache.parquet",
            size=10,
            sha256=made.sha256,
            file=sent.parquet.name,
        )
        Dataset.objects.filter(pk=of.pk).update(latest=number, revised_at=at)
    return made


def started(here: Scene, cents: int = 20_00, person: Person | None = None, **wishes: Any) -> BountyGift:
    """A gift that is not paid yet."""
    person = person or accounts.person()
    here.givers.append(person)
    wishes.setdefault("token", uuid4())
    wishes.setdefault("provider", "demo")
    return gifts.give(actor=person, need=here.need, amount=Money(cents, "EUR"), at=here.at, **wishes)


def pay(gift: BountyGift, at: datetime, status: str = DemoPayment.Status.PAID) -> BountyGift:
    """What its giver does on the provider's page, and the workers after that."""
    campaigns.work(at)
    demo.decide(DemoPayment.objects.get(target=charge_of(gift).pk), status, at=at)
    campaigns.work(at)
    gift.refresh_from_db()
    return gift


def gift(here: Scene, cents: int = 20_00, person: Person | None = None, **wishes: Any) -> BountyGift:
    """A gift that has arrived."""
    return pay(started(here, cents, person, **wishes), here.at)


def charge_of(gift: BountyGift) -> Charge:
    """The payment of a gift."""
    return Charge.objects.get(purpose=gift.purpose)


def dispute(gift: BountyGift, at: datetime, *ends: str) -> None:
    """Its giver's bank takes the payment back, and decides (`won`, `lost`) where that is said."""
    for status in ("disputed", *ends):
        demo.dispute(charge_of(gift), status, at=at)
        campaigns.work(at)


def offered(here: Scene, kind: str = "bounty", **more: Any) -> Offer:
    """An offer of the scene's organisation."""
    if kind in ("service", "kind"):
        more.setdefault("valuation", "A bench with our name")
    return offers.make_offer(
        actor=here.owner,
        need=here.need,
        organisation=here.organisation,
        dataset=here.dataset,
        kind=kind,
        at=here.at,
        **more,
    )


def awarded(here: Scene, kind: str = "bounty") -> Offer:
    """One that was chosen."""
    return offers.award_offer(actor=here.team, offer=offered(here, kind), at=here.at)


def delivered(here: Scene, kind: str = "bounty") -> Delivery:
    """The newest revision, delivered."""
    chosen = awarded(here, kind)
    newest = here.dataset.revisions.order_by("-number")[0]
    return deliveries.deliver(actor=here.owner, offer=chosen, revision=newest, at=here.at)


def accepted(here: Scene, kind: str = "bounty") -> BountyPayout | None:
    """Accepted by the team; returns the payout that is planned."""
    deliveries.accept_delivery(actor=here.team, delivery=delivered(here, kind), at=here.at)
    campaigns.work(here.at)
    return BountyPayout.objects.filter(need=here.need).first()


def sent(here: Scene) -> BountyPayout:
    """A bounty on its way, by two finance officers."""
    payout = accepted(here)
    assert payout
    payouts.request_payout(actor=matching.finance_officer(), payout=payout, at=here.at)
    payouts.approve_payout(actor=matching.finance_officer(), payout=payout, at=here.at)
    return payout


def paid(here: Scene) -> BountyPayout:
    """One that has arrived."""
    payout = sent(here)
    campaigns.work(here.at)
    payout.refresh_from_db()
    return payout


def in_bounty(here: Scene) -> int:
    """What the ledger holds for the need, recounted from the postings."""
    return payments.balances(here.need.book).get(here.need.account, 0)


def dispute_ends(gift: BountyGift, at: datetime, status: str) -> None:
    """The bank decides what it has looked into."""
    demo.dispute(charge_of(gift), status, at=at)
    campaigns.work(at)


def news(payout: BountyPayout, verb: str, at: datetime) -> None:
    """What the bank tells of its transfer: `fail` or `reverse`."""
    transfer = Transfer.objects.get(purpose=payout.purpose)
    advance_transfer(transfer, Outcome(verb), at=at)
    campaigns.work(at)
