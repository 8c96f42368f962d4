"""Who states a need, offers data, answers a delivery, and pays a bounty. Nobody decides about their own."""

from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import Organisation, Person
from civic.accounts.roles import acts_for, in_group, member_of
from civic.core.policies import may, policy
from datasets.catalogue.models.dataset import WRITERS
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, Offer
from marketplace.exchange.states import NeedState, OfferState
from projects.proposals.models import Project
from projects.proposals.roles import in_team

NOT_YOURS = _("Only the project's team can do this.")
TWO_SIDES = _("You belong to the organisation that offers this data; somebody else has to decide.")
OFFERS_FOR = _("Only owners and managers offer data in an organisation's name.")
HAS_PART = _("You have a part in this; somebody else has to decide.")


@policy(Project, "state_need", refusal=NOT_YOURS)
def states(actor: Person, project: Project) -> bool:
    """The team."""
    return in_team(actor, project)


@policy(DataNeed, "edit", "open", refusal=NOT_YOURS)
def writes(actor: Person, need: DataNeed) -> bool:
    """The team."""
    return in_team(actor, need.project)


@policy(
    DataNeed, "withdraw", refusal=_("Once an offer is awarded, only the city's data steward can do this.")
)
def withdraws(actor: Person, need: DataNeed) -> bool:
    """The team until an offer is awarded, since somebody works for it then; a data steward without a part in it."""
    early = need.state in (NeedState.DRAFT, NeedState.OPEN, NeedState.OFFERED)
    return (early and in_team(actor, need.project)) or _steward_of(actor, need)


@policy(DataNeed, "give")
def gives(actor: Person, need: object) -> bool:
    """Everybody with an account."""
    return True


@policy(BountyGift, "pay")
def gave(actor: Person, gift: BountyGift) -> bool:
    """Who gives it."""
    return gift.person_id == actor.pk


@policy(Organisation, "offer_data", "give_to_bounty", refusal=OFFERS_FOR)
def offers_for(actor: Person, organisation: Organisation) -> bool:
    """Owners and managers."""
    return acts_for(actor, organisation, *WRITERS)


@policy(Offer, "withdraw", "deliver", refusal=OFFERS_FOR)
def offered(actor: Person, offer: Offer) -> bool:
    """Owners and managers of the organisation."""
    return offers_for(actor, offer.organisation)


@policy(Offer, "award", "release", refusal=TWO_SIDES)
def awards(actor: Person, offer: Offer) -> bool:
    """The team, but for who belongs to the organisation that offers."""
    return in_team(actor, offer.need.project) and not member_of(actor, offer.organisation)


@policy(Offer, "answer", refusal=TWO_SIDES)
def answers(actor: Person, offer: Offer) -> bool:
    """As `award`; and a data steward without a part in it, where the team leaves it unanswered."""
    return awards(actor, offer) or _steward_of(actor, offer.need)


@policy(BountyPayout, "decide", refusal=HAS_PART)
def decides(actor: Person, payout: BountyPayout) -> bool:
    """Finance officers without a part in who is paid or in whose need it is."""
    part = member_of(actor, payout.offer.organisation) or _has_part(actor, payout.need.project)
    return not part and may(actor, "keep", "books")


@policy(BountyPayout, "approve", refusal=_("Somebody else has to approve what you requested."))
def approves(actor: Person, payout: BountyPayout) -> bool:
    """Who decides, but for who requested it."""
    return decides(actor, payout) and payout.requested_by_id != actor.pk


@policy(DataNeed, "take_down", refusal=HAS_PART)
def takes_need_down(actor: Person, need: DataNeed) -> bool:
    """A data steward without a part in it."""
    return _steward_of(actor, need)


@policy(Offer, "take_down", refusal=HAS_PART)
def takes_offer_down(actor: Person, offer: Offer) -> bool:
    """The same, who does not belong to the organisation either."""
    return _steward_of(actor, offer.need) and not member_of(actor, offer.organisation)


@policy(DataNeed, "steward")
def stewards(actor: Person, need: object) -> bool:
    """The city's data stewards, to whom the desk shows all needs."""
    return in_group(actor, groups.DATA_STEWARDS)


def _steward_of(actor: Person, need: DataNeed) -> bool:
    if not stewards(actor, need) or _has_part(actor, need.project):
        return False
    awarded = need.offers.filter(state=OfferState.AWARDED).select_related("organisation")
    return not any(member_of(actor, one.organisation) for one in awarded)


def _has_part(actor: Person, project: Project) -> bool:
    """Even an invitation is one."""
    return project.author_id == actor.pk or project.team.filter(person=actor.pk).exists()
