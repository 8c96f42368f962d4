"""What publishers and data stewards fill in."""

from datasets.catalogue.forms.descriptions import (
    DescriptionForm,
    FilterForm,
    SeriesForm,
    SourceForm,
    WithdrawForm,
)
from datasets.catalogue.forms.uploads import AnswersForm, PublishForm, UploadForm
