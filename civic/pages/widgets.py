"""Chooser widgets of the CMS that read what they show: a value of a late chooser is no more than a key."""

from typing import Any

from django.db.models import Model
from wagtail.admin.widgets import AdminPageChooser
from wagtail.images.widgets import AdminImageChooser


class LateWidget:
    """A chooser widget that reads what it shows, since the value it gets is no more than a key."""

    def get_instance(self, value: Any) -> Any:
        key = value.pk if isinstance(value, Model) else value
        return super().get_instance(key)  # type: ignore[misc]


class LateImageWidget(LateWidget, AdminImageChooser):
    pass


class LatePageWidget(LateWidget, AdminPageChooser):
    pass
