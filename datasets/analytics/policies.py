"""Who may keep queries under an address. Who may read the data is asked at each read, whoever saved the query."""

from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.core.policies import may, policy
from datasets.analytics.models import SavedQuery
from datasets.catalogue.models import Dataset

NOT_YOURS = _("Only the one who saved it can do this.")


@policy(SavedQuery, "embed", refusal=NOT_YOURS)
def saved_it(actor: Person, query: SavedQuery) -> bool:
    """Who saved it: an embed carries their right."""
    return query.owner_id == actor.pk


@policy(
    SavedQuery,
    "remove",
    "end_embeds",
    refusal=_("Only the one who saved it, and the publisher of the data, can do this."),
)
def removes(actor: Person, query: SavedQuery) -> bool:
    """Who saved it, the publishers of the data, and the data steward: it is of their data, and stands on their page."""
    publishes = any(may(actor, "edit", one) for one in query.datasets)
    return saved_it(actor, query) or publishes or in_group(actor, groups.DATA_STEWARDS)


@policy(Dataset, "show_query", refusal=_("Only the publisher puts queries on the page of its data."))
def shows(actor: Person, dataset: Dataset) -> bool:
    """The publisher."""
    return may(actor, "edit", dataset)
