from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _


class Numbers(models.Model):
    """What the site has brought about so far: one row, counted anew by a task, never while a page is read.

    The field's help text is its exact definition, and what the page shows beside the figure.
    """

    projects = models.PositiveIntegerField(
        _("projects"), help_text=_("Projects that have been opened to the public, in every stage since.")
    )
    people = models.PositiveIntegerField(
        _("people"),
        help_text=_("People with an account and a confirmed email address. Closed accounts are not counted."),
    )
    money_minor = models.BigIntegerField(
        _("decided by vote"),
        help_text=_("The costs of all projects that won a vote, except those cancelled since."),
    )
    currency = models.CharField(max_length=3)
    comments = models.PositiveIntegerField(
        _("comments"), help_text=_("Comments and replies on projects, without those taken back or hidden.")
    )
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("numbers")
        verbose_name_plural = _("numbers")

    def __str__(self) -> str:
        return f"{localtime(self.counted_at):%Y-%m-%d %H:%M}"
