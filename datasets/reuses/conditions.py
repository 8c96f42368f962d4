"""What hinders whoever it is: whether something can be proposed for a dataset at this moment."""

from django.utils.translation import gettext as _

from civic.accounts.states import INACTIVE
from datasets.catalogue.models import Dataset
from datasets.catalogue.states import DatasetState
from datasets.reuses.models import Reuse


def why_not_proposed(dataset: Dataset) -> str:
    """Why nobody can propose a reuse of it now; empty if they can."""
    return "" if dataset.state == DatasetState.PUBLISHED else _("Only what is published can be reused.")


def why_not_shown(reuse: Reuse) -> str:
    """Why nobody would find it if it were shown now; empty if they would."""
    if reuse.organisation and reuse.organisation.state in INACTIVE:
        return _("Its organisation is suspended or closed.")
    if reuse.organisation is None and not (reuse.person and reuse.person.is_active):
        return _("The account of who proposed it is suspended.")
    if not reuse.datasets.filter(state=DatasetState.PUBLISHED).exists():
        return _("None of its datasets is published at the moment.")
    return ""
