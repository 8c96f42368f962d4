"""Choosers that do not ask the database while a page is shown: `Live` reads all chosen things at once."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Model
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks import ChooserBlock, PageChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from civic.pages.widgets import LateImageWidget, LatePageWidget


class Late:
    """A chooser block whose values carry the key only; forms in the CMS look the thing up themselves."""

    model_class: type[Model]

    def to_python(self, value: Any) -> Model | None:
        return None if value is None else self.model_class(pk=self.model_class._meta.pk.to_python(value))

    def bulk_to_python(self, values: Iterable[Any]) -> list[Model | None]:
        return [self.to_python(value) for value in values]


class LateImageChooser(Late, ImageChooserBlock):
    """Chooses a picture."""

    @cached_property
    def widget(self) -> BaseChooser:
        return LateImageWidget()


class LatePageChooser(Late, PageChooserBlock):
    """Chooses a page of one type."""

    @cached_property
    def widget(self) -> BaseChooser:
        return LatePageWidget(target_models=self.target_models, can_choose_root=self.can_choose_root)


class CallChooser(Late, ChooserBlock):
    """Chooses a call that is public."""

    target_model = "calls.Call"

    @cached_property
    def widget(self) -> BaseChooser:
        from civic.pages.choosers import CallWidget

        return CallWidget()


class ProjectChooser(Late, ChooserBlock):
    """Chooses a project that is public."""

    target_model = "proposals.Project"

    @cached_property
    def widget(self) -> BaseChooser:
        from civic.pages.choosers import ProjectWidget

        return ProjectWidget()
