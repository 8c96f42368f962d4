"""Each person is told what concerns them: by whom it concerns, recounted from the rows and not by our handlers."""

from collections.abc import Callable, Iterator
from uuid import UUID

from django.core import mail

from civic.accounts.models import Mail, Membership, Organisation, Person, Residency
from civic.core.models import Event
from civic.notifications.models import Notification
from datasets.access.models import AccessRequest, Grant
from datasets.catalogue.models import Dataset, Upload
from datasets.consent.models import Collection, Consent, Deletion, RightsRequest, Submission
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.states import PledgeState
from marketplace.matching.models import Challenge, FundReturn
from marketplace.payments.models import Charge
from marketplace.payouts.models import Payout, Return
from marketplace.sponsorship.models import Sponsorship
from projects.delivery.models import Milestone
from projects.proposals.models import Project
from tests.simulation.engine import City, holds
from tests.simulation.slices.pledges import pledge_of

# (people, a part of the address that the news leads to)
Concerned = tuple[set[UUID | None], str]


def owners(organisation: Organisation | None) -> set[UUID | None]:
    """Who acts for it."""
    owning = Membership.objects.filter(organisation=organisation, role=Membership.Role.OWNER)
    return set(owning.values_list("person", flat=True))


def of_purpose(event: Event) -> Concerned:
    """Whose gift it was."""
    pledge = pledge_of(str(event.payload.get("purpose")))
    return ({pledge.person_id}, str(pledge.pk)) if pledge else (set(), "")


def of_charge(event: Event) -> Concerned:
    """Whose gift is paid by it."""
    pledge = pledge_of(Charge.objects.get(pk=event.subject_id).purpose)
    return ({pledge.person_id}, str(pledge.pk)) if pledge else (set(), "")


def of_pledge(event: Event) -> Concerned:
    pledge = Pledge.objects.get(pk=event.subject_id)
    return {pledge.person_id}, str(pledge.pk)


def of_campaign(event: Event) -> Concerned:
    """All whose promise came to nothing by it, by any page of theirs."""
    failed = Pledge.objects.filter(campaign=event.subject_id, state=PledgeState.CAMPAIGN_FAILED)
    return set(failed.values_list("person", flat=True)), "/me/pledges/"


def of_project(event: Event) -> Concerned:
    project = Project.objects.get(pk=event.subject_id)
    return {project.author_id}, project.slug


def of_milestone(event: Event) -> Concerned:
    project = Milestone.objects.get(pk=event.subject_id).project
    return {project.author_id}, ""


def of_payout(event: Event) -> Concerned:
    project = Payout.objects.get(pk=event.subject_id).campaign.project
    return owners(project.organisation), ""


def of_return(event: Event) -> Concerned:
    campaign: Campaign = Return.objects.get(pk=event.subject_id).campaign
    return {campaign.project.author_id}, ""


def of_fund_return(event: Event) -> Concerned:
    return owners(FundReturn.objects.get(pk=event.subject_id).fund.funder), ""


def of_challenge(event: Event) -> Concerned:
    return {Challenge.objects.get(pk=event.subject_id).person_id}, ""


def of_sponsorship(event: Event) -> Concerned:
    return owners(Sponsorship.objects.get(pk=event.subject_id).organisation), ""


def of_upload(event: Event) -> Concerned:
    upload = Upload.objects.get(pk=event.subject_id)
    return {upload.person_id}, str(upload.pk)


def of_dataset(event: Event) -> Concerned:
    dataset = Dataset.objects.get(pk=event.subject_id)
    return owners(dataset.publisher), dataset.slug


def of_access_request(event: Event) -> Concerned:
    request = AccessRequest.objects.get(pk=event.subject_id)
    return {request.person_id}, str(request.pk)


def of_grant(event: Event) -> Concerned:
    """Both sides."""
    grant = Grant.objects.get(pk=event.subject_id)
    holders = owners(grant.organisation) if grant.organisation else {grant.person_id}
    return holders | owners(grant.dataset.publisher), str(grant.pk)


def of_deletion(event: Event) -> Concerned:
    deletion = Deletion.objects.get(pk=event.subject_id)
    grant = deletion.grant
    return owners(grant.organisation) if grant.organisation else {grant.person_id}, str(deletion.pk)


def of_rights_request(event: Event) -> Concerned:
    request = RightsRequest.objects.get(pk=event.subject_id)
    return {request.person_id}, str(request.pk)


def of_removed(event: Event) -> Concerned:
    """Whoever has shared or consented there, and its publisher."""
    collection = Collection.objects.get(pk=event.subject_id)
    shared = Submission.objects.filter(collection=collection).values_list("person", flat=True)
    consented = Consent.objects.filter(purpose__collection=collection).values_list("person", flat=True)
    return {*shared, *consented} | owners(collection.publisher), collection.slug


def of_closed(event: Event) -> Concerned:
    """Whose answers nobody uses any more."""
    shared = Submission.objects.filter(collection__publisher=event.subject_id)
    return set(shared.values_list("person", flat=True)), "/me/shared-data/"


CONCERNED: dict[str, Callable[[Event], Concerned]] = {
    "refund.requested": of_purpose,
    "charge.lost": of_charge,
    **dict.fromkeys(("campaign.missed", "campaign.cancelled"), of_campaign),
    **dict.fromkeys(
        [
            f"pledge.{step}"
            for step in ("payer_asked", "fallen_behind", "dropped", "ended", "campaign_failed")
        ],
        of_pledge,
    ),
    **dict.fromkeys(
        ("project.failed", "project.cancelled", "project.unfunded", "project.funded"), of_project
    ),
    **dict.fromkeys(("milestone.accepted", "milestone.returned"), of_milestone),
    **dict.fromkeys(("payout.sent", "payout.settled", "payout.failed", "payout.reversed"), of_payout),
    "return.confirmed": of_return,
    "upload.refused": of_upload,
    **dict.fromkeys(("dataset.withdrawn", "dataset.restored"), of_dataset),
    **dict.fromkeys(
        [f"access_request.{step}" for step in ("returned", "approved", "rejected")], of_access_request
    ),
    **dict.fromkeys([f"grant.{step}" for step in ("suspended", "resumed", "revoked", "expired")], of_grant),
    "deletion.asked": of_deletion,
    "collection.removed": of_removed,
    "organisation.closed": of_closed,
    **dict.fromkeys(("rights_request.fulfilled", "rights_request.refused"), of_rights_request),
    **dict.fromkeys(("fund_return.settled", "fund_return.failed"), of_fund_return),
    **dict.fromkeys(("challenge.upheld", "challenge.rejected"), of_challenge),
    **dict.fromkeys(
        [f"sponsorship.{step}" for step in ("lost", "lapsed", "credited", "paid")], of_sponsorship
    ),
}
# What people did themselves they know; of money that comes back they are told all the same.
ALWAYS = {"refund.requested"}


@holds("quiet")
def each_is_told(city: City) -> Iterator[str]:
    """Of everything that happened since the last time, those whom it concerns have a notification."""
    last = city.memory.get("told", 0)
    for event in Event.objects.filter(seq__gt=last).order_by("seq"):
        city.memory["told"] = event.seq
        if event.kind in ("residency.rejected", "residency.expired"):
            yield from written(event)
        if find := CONCERNED.get(event.kind):
            people, address = find(event)
            if event.kind not in ALWAYS:
                people.discard(event.actor)
            there = Person.objects.filter(pk__in=people - {None}, erased_at=None)
            news = Notification.objects.filter(url__contains=address, notified_at__gte=event.at)
            for person in there.exclude(pk__in=news.values("person")):
                yield f"{event.kind}: {person.pk} knows nothing of it"


def written(event: Event) -> Iterator[str]:
    """A letter is written to a person whose residency others ended."""
    one = Residency.objects.filter(pk=event.subject_id).select_related("person").first()
    # Of a code that nobody entered in time nothing is said.
    by_letter = event.kind == "residency.rejected" or event.payload.get("from") == "verified"
    if not one or not by_letter or event.actor == one.person_id or one.person.erased_at:
        return
    # The outbox forgets an address once the letter is sent.
    sent = any(one.person.email in letter.to for letter in mail.outbox)
    if not sent and not Mail.objects.filter(address=one.person.email).exists():
        yield f"{event.kind}: no letter to {one.person_id}"
