from django.contrib import admin

from civic.accounts.models import Mail
from civic.core.admin import JobAdmin


@admin.register(Mail)
class MailAdmin(JobAdmin):
    """The text and the address are not shown: it is addressed to somebody else."""

    job_display = ("id", "content", "priority")
    fields = (
        *("id", "content", "priority", "created_at", "due_at", "first_tried_at", "attempts", "leased_until"),
        *("done_at", "dead_at", "last_error"),
    )
