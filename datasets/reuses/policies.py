"""Who may propose a reuse, take it back, and decide whether it is shown. Nobody decides about their own."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation, Person
from civic.accounts.roles import acts_for
from civic.core.policies import may, policy
from datasets.catalogue.models import Dataset
from datasets.catalogue.models.dataset import WRITERS
from datasets.reuses.models import Reuse
from datasets.reuses.states import STEWARD_VERBS


@policy(Dataset, "propose_reuse")
def proposes(actor: Person, dataset: object) -> bool:
    """Everybody with an account."""
    return True


@policy(
    Organisation,
    "propose_reuse",
    refusal=_("Only its owners and managers do this in an organisation's name."),
)
def proposes_for(actor: Person, organisation: Organisation) -> bool:
    """Owners and managers."""
    return acts_for(actor, organisation, *WRITERS)


@policy(Reuse, "withdraw", refusal=_("Only who has proposed it can take it back."))
def owns(actor: Person, reuse: Reuse) -> bool:
    """Whoever proposed it; for an organisation its owners and managers."""
    if reuse.organisation is not None:
        return proposes_for(actor, reuse.organisation)
    return reuse.person_id == actor.pk


@policy(
    Reuse,
    *STEWARD_VERBS,
    refusal=_("Only a data steward decides, and not about their own."),
)
def decides(actor: Person, reuse: Reuse) -> bool:
    """A data steward who has neither proposed it nor writes for its organisation."""
    return may(actor, "steward", Dataset) and reuse.person_id != actor.pk and not owns(actor, reuse)


@policy(Reuse, "see")
def sees(actor: Person, reuse: Reuse) -> bool:
    """While it is not public: whose it is, and data stewards."""
    return reuse.person_id == actor.pk or owns(actor, reuse) or may(actor, "steward", Dataset)
