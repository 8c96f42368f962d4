"""Whether a need takes something at this moment, whoever asks."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Membership, Organisation, Person
from civic.accounts.states import INACTIVE
from civic.core.errors import Text
from datasets.access.models import Grant
from datasets.access.states import GrantState
from datasets.catalogue import permissions
from datasets.catalogue.models import Dataset, Revision
from datasets.catalogue.permissions import Reader, Scope
from datasets.catalogue.states import DatasetState
from datasets.catalogue.vocabularies import AccessLevel
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, GiftStanding, Offer
from marketplace.exchange.states import (
    LIVE_GIFT,
    TAKES_GIFTS,
    TAKES_OFFERS,
    BountyPayoutState,
    GiftState,
    NeedState,
)  # fmt: skip
from marketplace.payments.models import Charge
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
TAKEN_DOWN = gettext_lazy(
    "A data steward took the words of this need down. Withdraw it, and state another one."
)


def may_state(project: Project) -> bool:
    """Whether its team may state a need now."""
    return project.state in PROJECT_STATES


def why_not_edited(need: DataNeed) -> Text | None:
    """Why its words stay as they are, in words.

    Words are taken down once: what were written in their place nobody could take down any more.
    """
    if need.state != NeedState.DRAFT:
        return _("The terms of a need stay once it is open: people give and work for them.")
    return TAKEN_DOWN if need.is_taken_down else None


def is_past(need: DataNeed, at: datetime) -> bool:
    """Whether its last day is over."""
    return localdate(at) > need.deadline


def why_no_gift(need: DataNeed, at: datetime) -> Text | None:
    """Why nobody can add to its bounty now, in words; None where everybody can."""
    if need.state not in TAKES_GIFTS:
        return _("Nothing can be added to this bounty any more.")
    if not may_state(need.project):
        # Of a project that found no money, and may yet: what is in the bounty goes back on the need's last day.
        return _("Its project has ended, or waits for other money: nothing is taken at the moment.")
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
    if offer.dataset.by_consent and offer.kind != Offer.Kind.FREE:
        return _("This data is what people share, who consented to no sale of it: offer it free.")
    if offer.is_for_bounty:
        return why_conflict(offer.need, offer.organisation)
    return None


def is_there(dataset: Dataset) -> bool:
    """Whether the dataset is published now."""
    return Dataset.objects.filter(pk=dataset.pk, state=DatasetState.PUBLISHED).exists()


def why_not_read(need: DataNeed, revision: Revision, at: datetime) -> Text | None:
    """Why the team can't read what was delivered, in words; what is open or for everybody with an account it can."""
    dataset = revision.dataset
    if not is_there(dataset):
        return _("The dataset is not published.")
    if permissions.rests(revision):
        return permissions.RESTS
    if dataset.access_level in (AccessLevel.OPEN, AccessLevel.REGISTERED):
        return None
    for person in Person.objects.filter(pk__in=team_of(need.project)).order_by("pk"):
        if permissions.dataset_permission(Reader(person), dataset, Scope.DOWNLOAD, at):
            return None
    return _("Nobody of the project's team may download it: the organisation lets one of them read it first.")


def why_not_accepted(need: DataNeed, revision: Revision, at: datetime) -> Text | None:
    """The same of what was delivered before, when they could read it: what the publisher has taken away since counts.

    What the team has given up or let run out takes nothing from who delivered.
    """
    why = why_not_read(need, revision, at)
    if why is None or not is_there(revision.dataset) or permissions.rests(revision):
        return why
    for person in Person.objects.filter(pk__in=team_of(need.project)).order_by("pk"):
        last = Grant.objects.of(person).filter(dataset=revision.dataset).order_by("-granted_at").first()
        if last and last.state in (GrantState.EXPIRED, GrantState.ENDED) and not (last.held or last.paused):
            return None
    return why


def gives_back(need: DataNeed) -> bool:
    """Whether all that was given goes back: it ended without acceptance, or nobody is paid for what was accepted."""
    if need.is_ended:
        return True
    if need.state != NeedState.ACCEPTED:
        return False
    return not BountyPayout.objects.filter(need=need).exclude(state=BountyPayoutState.DROPPED).exists()


def is_disputed(need: DataNeed) -> bool:
    """Whether a bank looks into money that the bounty holds: nothing is paid out meanwhile."""
    return GiftStanding.objects.filter(need=need, disputed__gt=0).exists()


def is_empty(need: DataNeed) -> bool:
    """Whether all that was given has gone back or was lost, as the trigger exchange_need_step asks it."""
    there = GiftStanding.objects.filter(need=need).exclude(firm=0, disputed=0)
    live = BountyGift.objects.filter(need=need, state__in=LIVE_GIFT)
    return not there.exists() and not live.exists()


def charges_of(need: DataNeed) -> QuerySet[Charge]:
    """The payments of its gifts, by their purpose, of which there is an index."""
    gifts = BountyGift.objects.filter(need=need).only("pk")
    return Charge.objects.filter(purpose__in=[gift.purpose for gift in gifts])


def is_under_way(need: DataNeed) -> bool:
    """Whether a gift is still being paid."""
    return BountyGift.objects.filter(need=need, state=GiftState.STARTED).exists()
