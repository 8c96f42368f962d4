"""What pages of other slices show of needs: a project's, a dataset's, a person's own, and the public ledger's."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from civic.core.columns import read, rows
from datasets.catalogue.models import Dataset
from marketplace.exchange.models import BountyGift, DataNeed
from marketplace.exchange.states import RUNNING, NeedState
from marketplace.ledger.labels import Thing, things_of

COLUMNS = ("id", "title", "state", "deadline", "state_since")


def project_columns(actor: Any) -> dict[str, Any]:
    """What the panel wants to know of a project; see civic.core.columns."""
    opened = DataNeed.objects.filter(project=OuterRef("pk"), opened_at__isnull=False)
    return {"exchange_needs": rows(opened.order_by("deadline", "pk"), *COLUMNS)}


def on_project(project: Any) -> list[DataNeed]:
    """Its needs, those that run first; without a statement."""
    return sorted(read(DataNeed, project.exchange_needs), key=lambda need: need.state not in RUNNING)


def met_by(dataset: Dataset) -> list[DataNeed]:
    """Needs that were met by a revision of the dataset."""
    accepted = Q(offers__dataset=dataset, offers__deliveries__answer="accepted")
    found = DataNeed.objects.public().filter(accepted).distinct().select_related("project")
    return list(found.order_by("-opened_at", "pk")[:20])


def me_columns(person: Any, at: object) -> dict[str, Any]:
    """Whether the person gave to a bounty, and what waits for their answer, as columns of the person."""
    delivered = DataNeed.objects.filter(state=NeedState.DELIVERED)
    ours = Q(project__author=OuterRef("pk")) | Q(
        project__team__person=OuterRef("pk"), project__team__accepted_at__isnull=False
    )
    waiting = delivered.filter(ours).distinct().order_by("state_since", "pk")
    return {
        "exchange_gave": Exists(BountyGift.objects.filter(person=OuterRef("pk"))),
        "exchange_unanswered": rows(waiting, *COLUMNS),
    }


def unanswered(person: Any) -> list[DataNeed]:
    """What `me_columns` found; without a statement."""
    return read(DataNeed, person.exchange_unanswered)


def account_names(codes: list[str]) -> Mapping[str, Thing]:
    """Whose money a bounty's account holds: its need, where everybody may see it."""
    return things_of(codes, DataNeed.objects.public(), "title", "exchange:need", "pk")
