"""Windows of the CMS in which editors choose a call or a project: only what everybody may see."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from civic.pages.widgets import LateWidget
from projects.calls.models import Call
from projects.proposals.models import Project


class TitleFilter(BaseFilterForm):
    """Finds by a part of the title."""

    q = forms.CharField(
        label=_("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Part of the title")}),
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        wanted = self.cleaned_data.get("q")
        if not wanted:
            return objects
        self.is_searching, self.search_query = True, wanted
        return objects.filter(title__icontains=wanted)


class PublicOnly:
    """What is not public cannot be listed nor chosen."""

    filter_form_class = TitleFilter
    model_class: Any

    def get_object_list(self) -> QuerySet:
        return public(self.model_class).order_by("-id")

    def get_object(self, pk: Any) -> Any:
        return public(self.model_class).get(pk=pk)


def public(model: Any) -> QuerySet:
    """The public things of this kind."""
    return model.objects.listed() if model is Project else model.objects.public()


class Choose(PublicOnly, views.ChooseView):
    pass


class ChooseResults(PublicOnly, views.ChooseResultsView):
    pass


class Chosen(PublicOnly, views.ChosenView):
    pass


class ChosenMultiple(PublicOnly, views.ChosenMultipleView):
    def get_objects(self, pks: list[Any]) -> QuerySet:
        return public(self.model_class).filter(pk__in=pks)


class PublicViewSet(ChooserViewSet):
    """A chooser of what is public."""

    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenMultiple


call_chooser = PublicViewSet(
    "call_chooser",
    model=Call,
    icon="calendar",
    url_prefix="choose-call",
    choose_one_text=_("Choose a call"),
    choose_another_text=_("Choose another call"),
)
project_chooser = PublicViewSet(
    "project_chooser",
    model=Project,
    icon="pick",
    url_prefix="choose-project",
    choose_one_text=_("Choose a project"),
    choose_another_text=_("Choose another project"),
)


class KeyAsText(LateWidget):
    """Our keys are UUIDs, which the form's JSON holds as text."""

    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        data: dict[str, Any] = super().get_value_data_from_instance(instance)  # type: ignore[misc]
        return data | {"id": str(instance.pk)}


class CallWidget(KeyAsText, call_chooser.widget_class):  # type: ignore[name-defined]
    """The field that opens the window for calls."""


class ProjectWidget(KeyAsText, project_chooser.widget_class):  # type: ignore[name-defined]
    """The field that opens the window for projects."""
