"""Words of requests: what data is wanted for, as codes that the log may keep."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What somebody wants data for."""

    RESEARCH = "research", _("research")
    TEACHING = "teaching", _("teaching and learning")
    JOURNALISM = "journalism", _("journalism")
    PUBLIC_TASK = "public_task", _("a public task")
    PROJECT = "project", _("a project on this exchange")
    PRODUCT = "product", _("a product or service")
    COMMUNITY = "community", _("work of a community group")
    PERSONAL = "personal", _("something personal")


class Side(TextChoices):
    """For whom somebody suspends or revokes what was given."""

    CITY = "city", _("the city")
    PUBLISHER = "publisher", _("the publisher")


class Basis(TextChoices):
    """How a grant came about."""

    REGISTERED = "registered", _("terms accepted")
    ON_REQUEST = "on_request", _("approved by the publisher")
    BY_ORDER = "by_order", _("ordered")
