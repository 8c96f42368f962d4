"""Whether a need takes something at this moment, whoever asks."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from civic.accounts.models import Membership, Organisation
from civic.accounts.states import INACTIVE
from civic.core.errors import Text
from datasets.catalogue.models import Dataset
from datasets.catalogue.states import DatasetState
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, Offer
from marketplace.exchange.states import TAKES_GIFTS, TAKES_OFFERS, BountyPayoutState, GiftState, NeedState
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState
from projects.proposals.models import Project
from projects.proposals.roles import team_of
from projects.proposals.states import ProjectState

# While a project is in one of these it may state and open needs.
PROJECT_STATES = [
    ProjectState.OPEN,
    ProjectState.SHORTLISTED,
    ProjectState.FUNDING,
    ProjectState.FUNDED,
    ProjectState.DELIVERING,
]
# What is delivered and not answered for so long is told.
UNANSWERED = timedelta(days=30)
# A need that is returned leaves time to deliver again.
AFTER_RETURN = timedelta(days=14)
# An organisation that names no account for so long is not waited for any more.
WITHOUT_ACCOUNT = timedelta(days=90)


def may_state(project: Project) -> bool:
    """Whether its team may state a need now."""
    return project.state in PROJECT_STATES


def is_past(need: DataNeed, at: datetime) -> bool:
    """Whether its last day is over."""
    return localdate(at) > need.deadline


def why_no_gift(need: DataNeed, at: datetime) -> Text | None:
    """Why nobody can add to its bounty now, in words; None where everybody can."""
    if need.state not in TAKES_GIFTS:
        return _("Nothing can be added to this bounty any more.")
    if is_past(need, at):
        return _("This need ended on %(day)s.") % {"day": date_format(need.deadline, "j F Y")}
    return None


def why_no_offer(need: DataNeed, at: datetime) -> Text | None:
    """Why it takes no offer now, in words."""
    if need.state not in TAKES_OFFERS:
        return _("This need takes no offers at the moment.")
    return why_no_gift(need, at)


def why_conflict(need: DataNeed, organisation: Organisation) -> Text | None:
    """Why this organisation can't have the bounty: it sits on both sides of the table."""
    if organisation.pk == need.project.organisation_id:
        return _("The project's own organisation can't earn a bounty of its project.")
    team = team_of(need.project)
    if Membership.objects.filter(organisation=organisation, person__in=team).exists():
        return _("Somebody of the project's team belongs to this organisation: it can't earn the bounty.")
    return None


def why_not_deliverable(offer: Offer) -> Text | None:
    """Why an offer can't be awarded or accepted at all, in words."""
    if offer.organisation.state in INACTIVE:
        return _("The organisation that offers this is suspended or closed.")
    if offer.is_for_bounty:
        return why_conflict(offer.need, offer.organisation)
    return None


def is_there(dataset: Dataset) -> bool:
    """Whether the dataset is published now."""
    return Dataset.objects.filter(pk=dataset.pk, state=DatasetState.PUBLISHED).exists()


def gives_back(need: DataNeed) -> bool:
    """Whether all that was given goes back: it ended without acceptance, or nobody is paid for what was accepted."""
    if need.is_ended:
        return True
    if need.state != NeedState.ACCEPTED:
        return False
    return not BountyPayout.objects.filter(need=need).exclude(state=BountyPayoutState.DROPPED).exists()


def is_disputed(need: DataNeed) -> bool:
    """Whether a bank looks into one of its payments: nothing is paid out meanwhile."""
    return charges_of(need).filter(state=ChargeState.DISPUTED).exists()


def charges_of(need: DataNeed) -> QuerySet[Charge]:
    """The payments of its gifts, by their purpose, of which there is an index."""
    gifts = BountyGift.objects.filter(need=need).only("pk")
    return Charge.objects.filter(purpose__in=[gift.purpose for gift in gifts])


def is_under_way(need: DataNeed) -> bool:
    """Whether a gift is still being paid."""
    return BountyGift.objects.filter(need=need, state=GiftState.STARTED).exists()
