"""Who may collect, share, withdraw, release and answer."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.states import INACTIVE
from civic.core.policies import may, policy
from datasets.catalogue.models import Dataset
from datasets.consent.models import Collection, Consent, Deletion, RightsRequest, Submission

NOT_YOURS = _("Only owners and managers of the publisher can do this.")


@policy(Collection, "edit", refusal=NOT_YOURS)
def writes(actor: Person, collection: Collection) -> bool:
    """Owners and managers of the publisher."""
    return may(actor, "publish_data", collection.publisher)


@policy(Collection, "look_after", refusal=NOT_YOURS)
def looks_after(actor: Person, collection: Collection) -> bool:
    """The publisher, and the data steward."""
    return writes(actor, collection) or may(actor, "steward", Dataset)


@policy(Collection, "remove", refusal=_("Only the city's data steward can do this."))
def removes(actor: Person, collection: object) -> bool:
    """The data steward."""
    return may(actor, "steward", Dataset)


@policy(Collection, "share", "ask_rights")
def shares(actor: Person, collection: object) -> bool:
    """Everybody with an account, for themselves."""
    return True


@policy(Submission, "erase")
@policy(Consent, "see", "withdraw")
@policy(RightsRequest, "withdraw")
def owns(actor: Person, thing: Submission | Consent | RightsRequest) -> bool:
    """Whose data it is."""
    return thing.person_id == actor.pk


@policy(RightsRequest, "see")
def sees(actor: Person, request: RightsRequest) -> bool:
    """Who has asked, the publisher, and the data steward."""
    return owns(actor, request) or looks_after(actor, request.collection)


@policy(RightsRequest, "answer", refusal=_("Only the publisher answers, and nobody their own request."))
def answers(actor: Person, request: RightsRequest) -> bool:
    """The publisher, while nobody acts for it the data steward, and never who has asked."""
    collection = request.collection
    stands_in = collection.publisher.state in INACTIVE and may(actor, "steward", Dataset)
    return request.person_id != actor.pk and (stands_in or writes(actor, collection))


@policy(Deletion, "answer", refusal=_("Only who holds the grant can do this."))
def deletes(actor: Person, deletion: Deletion) -> bool:
    """Who holds the grant; of an organisation its owners and managers."""
    return may(actor, "end", deletion.grant)


@policy(Deletion, "see")
def sees_deletion(actor: Person, deletion: Deletion) -> bool:
    """Who holds the grant, the publisher, and the data steward."""
    return deletes(actor, deletion) or looks_after(actor, deletion.release.purpose.collection)
