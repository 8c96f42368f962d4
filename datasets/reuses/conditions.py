"""What hinders whoever it is: whether something can be proposed for a dataset at this moment."""

from django.utils.translation import gettext as _

from datasets.catalogue.models import Dataset
from datasets.catalogue.states import DatasetState


def why_not_proposed(dataset: Dataset) -> str:
    """Why nobody can propose a reuse of it now; empty if they can."""
    return "" if dataset.state == DatasetState.PUBLISHED else _("Only what is published can be reused.")
