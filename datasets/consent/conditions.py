"""Whether something can be done at this moment, whoever asks."""

from django.utils.translation import gettext as _

from civic.accounts.states import INACTIVE
from datasets.catalogue.states import DatasetState
from datasets.consent.models import Collection, Purpose
from datasets.consent.states import CollectionState


def why_not_shared(collection: Collection) -> str:
    """Why nobody can share now; empty if they can."""
    if collection.state == CollectionState.DRAFT:
        return _("This collection has not begun.")
    if collection.state == CollectionState.REMOVED:
        return _(
            "The city has taken this collection down: nothing of it is read any more. What was shared can still be "
            "withdrawn."
        )
    if collection.is_over:
        return _("This collection is closed. What was shared can still be withdrawn.")
    if collection.publisher.state in INACTIVE:
        return _("Nobody acts for its publisher at the moment.")
    return ""


def why_not_released(purpose: Purpose) -> str:
    """Why nothing can be released now for this purpose, whatever was shared; empty if it can. Nor is anybody asked."""
    if purpose.collection.publisher.state in INACTIVE:
        return _("Nobody acts for its publisher at the moment.")
    if purpose.collection.state == CollectionState.REMOVED:
        return _("The city has taken this collection down.")
    if purpose.dataset.state == DatasetState.WITHDRAWN or purpose.dataset.held:
        return _("Its dataset is withdrawn.")
    return ""
