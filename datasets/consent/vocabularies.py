"""Words of answers and requests, as codes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    """What who was told to delete copies says."""

    DELETED = "deleted", _("All copies are deleted")
    NONE = "none", _("No copy was kept")
    KEPT = "kept", _("A copy has to be kept, for the reason that follows")


class Right(TextChoices):
    """What somebody asks for by the GDPR (articles 15, 16, 17, 21)."""

    ACCESS = "access", _("A copy of what is held about me, and who got it")
    RECTIFICATION = "rectification", _("Something is wrong: correct it")
    ERASURE = "erasure", _("Erase what I shared")
    OBJECTION = "objection", _("Stop using it")
