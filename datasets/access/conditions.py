"""Whether data can be asked for at this moment, whoever asks."""

from django.utils.translation import gettext as _

from civic.accounts.states import INACTIVE
from datasets.catalogue.models import Dataset
from datasets.catalogue.states import DatasetState
from datasets.catalogue.vocabularies import AccessLevel


def why_not_given(dataset: Dataset, level: AccessLevel) -> str:
    """Why nobody is given the dataset now in the way of this level; empty if they are."""
    if dataset.access_level == AccessLevel.OPEN:
        return _("This dataset is open to everybody: nobody need ask for it.")
    if dataset.state != DatasetState.PUBLISHED:
        return _("This dataset is not published at the moment.")
    if dataset.publisher.state in INACTIVE:
        return _("Nobody acts for its publisher at the moment.")
    if dataset.access_level != level:
        return {
            AccessLevel.REGISTERED: _("It is for everybody with an account who accepts its terms."),
            AccessLevel.ON_REQUEST: _("Its publisher decides who may read it: ask for it."),
            AccessLevel.BY_ORDER: _("It is given by order alone, and cannot be ordered here yet."),
        }[AccessLevel(dataset.access_level)]
    return ""
