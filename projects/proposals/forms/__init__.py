"""The forms of the public list and of the wizard."""

from projects.proposals.forms.filters import FilterForm
from projects.proposals.forms.rows import CostsForm, GoalsForm
from projects.proposals.forms.steps import (
    CancelForm,
    IdeaForm,
    InviteForm,
    PictureForm,
    PictureTextForm,
    PlaceForm,
    StartForm,
    StepForm,
    StoryForm,
)
