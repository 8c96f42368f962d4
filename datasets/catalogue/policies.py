"""Who may publish data. Owners and managers of the publisher write; the data steward may withdraw, with a reason."""

from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import Organisation, Person
from civic.accounts.roles import acts_for, in_group
from civic.core.policies import policy
from datasets.catalogue.models import (
    Dataset,
    Harvest,
    HarvestStep,
    Series,
    Source,
    Upload,
    UploadStep,
)
from datasets.catalogue.models.dataset import WRITERS

NOT_YOURS = _("Only owners and managers of the publisher can do this.")


@policy(Organisation, "publish_data", refusal=NOT_YOURS)
def publishes_for(actor: Person, organisation: Organisation) -> bool:
    """Owners and managers."""
    return acts_for(actor, organisation, *WRITERS)


@policy(Dataset, "edit", "publish", refusal=NOT_YOURS)
def writes(actor: Person, dataset: Dataset) -> bool:
    """Owners and managers of the publisher; of what is harvested nobody, since its catalogue says what it is."""
    return not dataset.is_harvested and publishes_for(actor, dataset.publisher)


@policy(Dataset, "upload", refusal=NOT_YOURS)
def uploads_to(actor: Person, dataset: Dataset) -> bool:
    """Whoever writes it; to a table of the exchange, and to what people share, nobody: these are filled by others."""
    return not dataset.source and not dataset.by_consent and writes(actor, dataset)


@policy(Upload, "handle", refusal=NOT_YOURS)
def handles(actor: Person, upload: Upload) -> bool:
    """Whoever writes the dataset, not only who sent the file: they may be on holiday."""
    return uploads_to(actor, upload.dataset)


@policy(Series, "edit", refusal=NOT_YOURS)
def writes_series(actor: Person, series: Series) -> bool:
    """Owners and managers of its publisher."""
    return publishes_for(actor, series.publisher)


@policy(Dataset, "steward")
@policy(UploadStep, "handle")
@policy(HarvestStep, "handle")
@policy(Source, "manage")
@policy(Harvest, "decide")
def stewards(actor: Person, thing: object) -> bool:
    """The data steward."""
    return in_group(actor, groups.DATA_STEWARDS)


@policy(Dataset, "withdraw")
def withdraws(actor: Person, dataset: Dataset) -> bool:
    """The publisher, and the data steward."""
    return writes(actor, dataset) or stewards(actor, dataset)


@policy(
    Dataset, "restore", refusal=_("The city has withdrawn it, and only its data steward can bring it back.")
)
def restores(actor: Person, dataset: Dataset) -> bool:
    """The data steward; the publisher only what it withdrew itself."""
    return stewards(actor, dataset) or (not dataset.held and writes(actor, dataset))
