"""What editors may upload as a document."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm


class DocumentForm(BaseDocumentForm):
    """Wagtail's form with a bound on the size; the kinds are bounded by WAGTAILDOCS_EXTENSIONS."""

    def clean_file(self) -> Any:
        """Raises ValidationError above DOCUMENT_MAX_BYTES."""
        file = self.cleaned_data["file"]
        if file.size > settings.DOCUMENT_MAX_BYTES:
            most = filesizeformat(settings.DOCUMENT_MAX_BYTES)
            raise ValidationError(_("This file is too large. %(most)s is the most.") % {"most": most})
        return file
