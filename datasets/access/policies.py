"""Who may ask for data, decide about it, and end what was granted. Who may read it `access_may_read` alone says."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation, Person
from civic.accounts.roles import acts_for, member_of
from civic.core.policies import may, policy
from datasets.access.models import AccessRequest, Agreement, Grant
from datasets.access.states import RequestState
from datasets.catalogue.models import Dataset
from datasets.catalogue.models.dataset import WRITERS

NOT_YOURS = _("Only owners and managers of the publisher can do this.")
ASKS_FOR = _("Only its owners and managers ask in an organisation's name.")


@policy(Dataset, "ask_access", "accept_terms")
def asks(actor: Person, dataset: object) -> bool:
    """Everybody with an account."""
    return True


@policy(Organisation, "ask_data", refusal=ASKS_FOR)
def asks_for(actor: Person, organisation: Organisation) -> bool:
    """Owners and managers."""
    return acts_for(actor, organisation, *WRITERS)


@policy(Dataset, "decide_access", "set_terms", refusal=NOT_YOURS)
def decides_for(actor: Person, dataset: Dataset) -> bool:
    """Owners and managers of the publisher."""
    return may(actor, "edit", dataset)


@policy(AccessRequest, "write", "submit", "withdraw", refusal=_("Only who has written it can do this."))
def wrote(actor: Person, request: AccessRequest) -> bool:
    """Whoever wrote it; for an organisation, as long as they may ask in its name."""
    organisation = request.organisation
    return request.person_id == actor.pk and (organisation is None or asks_for(actor, organisation))


@policy(AccessRequest, "decide", refusal=_("Only the publisher decides, and nobody about their own request."))
def decides(actor: Person, request: AccessRequest) -> bool:
    """The publisher, and never who has asked."""
    return request.person_id != actor.pk and may(actor, "edit", request.dataset)


@policy(AccessRequest, "see")
def sees_request(actor: Person, request: AccessRequest) -> bool:
    """Both sides, and the data steward; a draft whoever writes it. Of an organisation those who ask in its name."""
    if request.person_id == actor.pk:
        return True
    ours = request.organisation is not None and asks_for(actor, request.organisation)
    return not request.is_private and (ours or may(actor, "edit", request.dataset) or _stewards(actor))


@policy(AccessRequest, "read_words")
def reads_words(actor: Person, request: AccessRequest) -> bool:
    """Whoever sees it; but while it is changed after a question only who writes it, until it is sent again."""
    mine = request.person_id == actor.pk
    return mine or (request.state != RequestState.RETURNED and sees_request(actor, request))


@policy(Agreement, "see")
@policy(Grant, "see")
def sees(actor: Person, thing: Agreement | Grant) -> bool:
    """Both sides, and the data steward."""
    return _holds(actor, thing) or may(actor, "edit", thing.dataset) or _stewards(actor)


@policy(Grant, "end", "renew", "make_key", refusal=_("Only who holds the grant can do this."))
def holds(actor: Person, grant: Grant) -> bool:
    """The person; of an organisation its owners and managers."""
    organisation = grant.organisation
    return grant.person_id == actor.pk if organisation is None else asks_for(actor, organisation)


@policy(Grant, "suspend", "revoke", refusal=NOT_YOURS)
def takes_back(actor: Person, grant: Grant) -> bool:
    """The publisher, and the data steward."""
    return may(actor, "edit", grant.dataset) or _stewards(actor)


@policy(
    Grant,
    "resume",
    "release",
    refusal=_("Only who has suspended it, the city or the publisher, can do this."),
)
def resumes(actor: Person, grant: Grant) -> bool:
    """The publisher what the publisher has suspended, the data steward what the city has."""
    by_publisher = (grant.paused or not grant.held) and may(actor, "edit", grant.dataset)
    return by_publisher or ((grant.held or not grant.paused) and _stewards(actor))


def _holds(actor: Person, thing: Agreement | Grant) -> bool:
    if thing.organisation is None:
        return thing.person_id == actor.pk
    return member_of(actor, thing.organisation)


def _stewards(actor: Person) -> bool:
    return may(actor, "steward", Dataset)
