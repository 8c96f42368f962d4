"""What stands behind the URLs in the access matrix: one object for each, all private ones the owner's."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils.timezone import localtime

from civic.accounts.models import DataExport, Invitation, Membership, Person
from civic.accounts.operations.invitations import hash_of
from civic.core import clock
from civic.notifications.models import Notification
from civic.notifications.operations import Message, notify
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Entry
from marketplace.matching.models import MatchFund
from marketplace.matching.operations import quadratic_allocation
from marketplace.payments.models import DemoPayment
from projects.delivery.states import MilestoneState
from projects.proposals.models import TeamInvitation
from projects.proposals.states import ProjectState
from tests.factories import (
    accounts,
    calls,
    contributions,
    delivery,
    discussion,
    funding_campaigns,
    funding_matching,
    funding_sponsors,
    notifications,
    pages,
    payments,
    proposals,
    voting,
)

TOKEN = "a-token-of-the-access-matrix"


@dataclass(frozen=True)
class Objects:
    """The arguments of each URL by its name; a URL without arguments is not in it."""

    kwargs: dict[str, dict[str, Any]]


def build(owner: Person) -> Objects:
    """Makes the city of the matrix. Names that are shared by many URLs are made once."""
    pages.tree()
    private = (
        _accounts(owner)
        | _projects(owner)
        | _discussion(owner)
        | _voting(owner)
        | _money(owner)
        | _funds(owner)
        | _campaigns(owner)
        | _sponsors(owner)
    )
    return Objects(private | _contributions(owner) | _delivery(owner) | _public())


def _accounts(owner: Person) -> dict[str, dict[str, Any]]:
    group = accounts.organisation(owner)
    member = accounts.membership(group, accounts.person(), Membership.Role.MEMBER)
    invitation = Invitation.objects.create(
        organisation=group,
        email="invited@example.org",
        invited_by=owner,
        token_hash=hash_of(TOKEN),
        expires_at=clock.now() + timedelta(days=3),
    )
    export = DataExport.objects.create(
        person=owner, expires_at=clock.now() + timedelta(days=1), archive=b"zip", ready_at=clock.now()
    )
    message = Message("comment.own", "Benches", "/projects/benches/")
    event = notifications.event(owner)
    notify(people=[owner.pk], message=message, event=event)
    told = Notification.objects.get(event=event)
    slug = {"slug": group.slug}
    return {
        "accounts:export-download": {"pk": export.pk},
        "accounts:person": {"pk": owner.pk},
        **{
            f"accounts:{name}": slug
            for name in ("organisation", "organisation-edit", "organisation-leave", "members")
        },
        "accounts:member-role": {**slug, "pk": member.pk},
        "accounts:member-remove": {**slug, "pk": member.pk},
        "accounts:invitation-resend": {**slug, "pk": invitation.pk},
        "accounts:invitation-revoke": {**slug, "pk": invitation.pk},
        "accounts:invitation": {"token": TOKEN},
        "notifications:read": {"notification": told.pk},
        "notifications:unsubscribe": {"token": "not-a-token"},
    }


def _projects(owner: Person) -> dict[str, dict[str, Any]]:
    draft = proposals.complete_draft(author=owner)
    public = proposals.project(draft.call, author=owner)
    picture = proposals.picture(draft)
    member = proposals.member(draft)
    invitation = TeamInvitation.objects.create(
        project=draft, email="invited@example.org", role="Treasurer", invited_by=owner
    )
    private, open_ = {"slug": draft.slug}, {"slug": public.slug}
    return {
        "proposals:cover": {"key": public.pk, "theme": public.theme},
        "proposals:invitation": {"key": invitation.pk},
        **{f"proposals:{name}": private for name in ("show", "cover-of", "changes", "cancel")},
        **{f"proposals:{name}": private for name in ("pictures", "preview", "invite")},
        "proposals:support": open_,
        "proposals:edit": {**private, "step": "idea"},
        "proposals:picture": {**private, "key": picture.pk},
        "proposals:leave": {**private, "key": member.pk},
        "proposals:withdraw": {**private, "key": invitation.pk},
        "api:project": private,
    }


def _discussion(owner: Person) -> dict[str, dict[str, Any]]:
    public = proposals.project(author=accounts.person())
    comment = discussion.comment(public, author=owner)
    case = discussion.hidden(discussion.comment(public, author=owner), at=clock.now())
    slug = {"slug": public.slug}
    return {
        **{f"discussion:{name}": slug for name in ("discussion", "post", "follow", "report_project")},
        "discussion:thread": {**slug, "comment": comment.pk},
        **{f"discussion:{name}": {"comment": comment.pk} for name in ("edit", "delete", "report_comment")},
        "discussion:case": {"case": case.pk},
        "api:project-comments": slug,
    }


def _voting(owner: Person) -> dict[str, dict[str, Any]]:
    running = voting.voting_call(40, 50)
    voting.cast(running, 1, person=owner)
    decided = voting.voting_call(40, 50)
    voting.cast(decided, 1, person=owner)
    voting.decide(decided)
    hidden = calls.call(None, state="draft")
    results = {"slug": decided.slug}
    return {
        "calls:show": {"slug": hidden.slug},
        "api:call": {"slug": hidden.slug},
        "voting:ballot": {"slug": running.slug},
        "voting:receipt": {"slug": running.slug},
        **{f"voting:{name}": results for name in ("results", "ballots-pb", "results-csv")},
        **{f"api:{name}": results for name in ("call-results", "call-results-csv", "call-ballots")},
    }


def _contributions(owner: Person) -> dict[str, dict[str, Any]]:
    public = proposals.project(author=owner)
    want = contributions.want(public)
    slug = {"slug": public.slug}
    line = {**slug, "want": want.pk}
    return {
        **{f"contributions:{name}": slug for name in ("wanted", "add", "offers")},
        **{f"contributions:{name}": line for name in ("offer", "change", "close")},
        "contributions:contribution": {"key": contributions.contribution(want, person=owner).pk},
        "api:project-wanted": slug,
        "api:project-contributions": slug,
    }


def _delivery(owner: Person) -> dict[str, dict[str, Any]]:
    funded = delivery.project(ProjectState.FUNDED, author=owner)
    running = delivery.project(author=owner)
    milestone = delivery.milestone(MilestoneState.IN_PROGRESS, running)
    key, slug = {"key": milestone.pk}, {"slug": running.slug}
    return {
        "delivery:plan": {"slug": funded.slug},
        **{f"delivery:{name}": slug for name in ("progress", "step", "update")},
        **{f"delivery:{name}": key for name in ("milestone", "milestone_step", "evidence")},
        "delivery:remove": {**key, "evidence": delivery.evidence(milestone).pk},
        "api:project-milestones": slug,
        "api:project-updates": slug,
    }


def _money(owner: Person) -> dict[str, dict[str, Any]]:
    charge = payments.charge(payer=owner)
    payments.work(clock.now())
    paid = payments.paid(payer=owner)
    entry = Entry.objects.earliest("at", "id")
    root = ledger.close_day(book="demo", day=date(2026, 3, 1))
    assert root
    remote = DemoPayment.objects.get(target=charge.pk)
    return {
        "payments:payment": {"pk": charge.pk},
        "payments:transfer": {"pk": charge.pk},
        "payments:demo": {"pk": remote.pk},
        "payments:receipt": {"pk": paid.pk},
        "payments:receipt-file": {"pk": paid.pk},
        "payments:year": {"year": localtime(clock.now()).year},
        "payments:method-remove": {"pk": payments.method(person=owner).pk},
        "ledger:account": {"code": charge.account},
        "ledger:receipt": {"pk": entry.pk},
        "ledger:receipt-file": {"pk": entry.pk},
        "ledger:root": {"day": root.day},
        "ledger:confirm": {"token": "not-a-token"},
        "ledger:stop": {"token": "not-a-token"},
    }


def _funds(owner: Person) -> dict[str, dict[str, Any]]:
    """A quadratic fund whose input is published and can be challenged, and an organisation of the owner's."""
    begun = clock.now() - timedelta(days=31)
    fund = funding_matching.fund(begun, rule=MatchFund.Rule.QUADRATIC)
    quadratic_allocation.freeze(fund, clock.now())
    names = ("matching:fund", "matching:fund-input", "matching:fund-challenge")
    open_data = ("api:fund", "api:fund-allocations", "api:fund-input")
    group = {"payouts:bank": {"slug": accounts.organisation(owner).slug}}
    return {name: {"slug": fund.slug} for name in (*names, *open_data)} | group


def _campaigns(owner: Person) -> dict[str, dict[str, Any]]:
    """An open campaign of the owner's project, and a pledge of theirs to it."""
    project = funding_campaigns.funding_project(author=owner)
    campaign = funding_campaigns.open_campaign(project)
    pledge = {"key": funding_campaigns.active_pledge(campaign, owner).pk}
    public = {f"campaigns:{name}": {"key": campaign.pk} for name in ("campaign", "pledge", "pledge-review")}
    own = ("own-pledge", "pledge-thanks", "pledge-change", "pledge-cancel", "pledge-step")
    of_project = {
        name: {"slug": project.slug} for name in ("campaigns:campaign-edit", "payouts:project-money")
    }
    data = {"api:campaign": {"pk": campaign.pk}, "api:own-pledge": {"pk": pledge["key"]}}
    return public | {f"campaigns:{name}": pledge for name in own} | of_project | data


def _sponsors(owner: Person) -> dict[str, dict[str, Any]]:
    """A campaign that takes sponsors, one in writing, and an invoice of the owner's organisation."""
    campaign = funding_sponsors.campaign(at=clock.now())
    draft = funding_campaigns.draft_campaign(funding_campaigns.funding_project(author=owner))
    business = funding_sponsors.business(owner)
    invoice = funding_sponsors.invoiced(campaign, organisation=business, at=clock.now())
    sponsorship, number = {"pk": invoice.sponsorship_id}, {"number": invoice.number}
    return {
        "sponsorship:sponsor-choose": {"pk": campaign.pk},
        "sponsorship:sponsor": {"pk": campaign.pk, "package": campaign.packages.get().pk},
        "sponsorship:packages": {"pk": draft.pk},
        **{
            f"sponsorship:{name}": sponsorship
            for name in ("sponsorship", "sponsorship-step", "sponsorship-pay")
        },
        "sponsorship:sponsorships": {"slug": business.slug},
        "invoicing:invoice": number,
        "invoicing:invoice-pdf": number,
        "api:campaign-sponsorships": {"pk": campaign.pk},
    }


def _public() -> dict[str, dict[str, Any]]:
    return {
        "pages:icon-png": {"size": 192},
        "pages:sitemap-section": {"section": "projects"},
        "theme": {"accent": "0b7a75"},
        "media": {"path": f"projects/{uuid4()}.webp"},
        "demo:message": {"pk": uuid4()},
    }
