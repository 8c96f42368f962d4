"""The event log for auditors, and queues of work: what failed, what the clock put off."""

from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from civic.core import job_actions
from civic.core.admin.lists import OwnFilter, ReadOnlyAdmin
from civic.core.models import Delivery, Event, PutOff, Seal
from civic.core.staff_actions import StaffAction
from civic.core.templatetags.exchange import ago
from civic.core.work import Job


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("seq", "at", "kind", "subject_type", "subject_id", "actor")
    list_filter = ("subject_type",)
    search_fields = ("=kind", "=subject_id", "=actor")
    exclude = ("note_salt", "note_digest")
    date_hierarchy = "at"


class Stage(OwnFilter):
    """Where a job is on its way; what somebody has to look at first."""

    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("dead", _("given up")),
            ("failed", _("failed, tried again later")),
            ("waiting", _("waiting")),
            ("done", _("done")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        waiting = queryset.open().filter(last_error="")
        stages = {"dead": queryset.dead(), "failed": queryset.failed(), "waiting": waiting}
        stages["done"] = queryset.exclude(done_at=None)
        return stages.get(self.value() or "", queryset)


class JobAdmin(ReadOnlyAdmin):
    """A queue of durable work. `job_display` names the columns that say what a job is about."""

    job_display: tuple[str, ...] = ()
    list_filter: ClassVar[Any] = (Stage,)
    list_select_related: ClassVar[Any] = True
    ordering = ("-pk",)

    def __init__(self, model: type[Job], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        self.list_display = (
            *self.job_display, "attempts", "age", "due_at", "done_at", "dead_at", "last_error",
        )  # fmt: skip
        again, end = _("Put back into the queue, due now"), _("Give up")
        retry = StaffAction(job_actions.retry, "job", again, permission=("handle", model), reason="none")
        discard = StaffAction(job_actions.discard, "job", end, permission=("handle", model))
        self.actions = (retry, discard) if model.gives_up else (retry,)

    @admin.display(description=_("waits since"))
    def age(self, job: Job) -> str:
        """How long it has not been done, counted from the first try."""
        return "–" if job.done_at or not job.first_tried_at else ago(job.first_tried_at)


@admin.register(Delivery)
class DeliveryAdmin(JobAdmin):
    job_display = ("event", "handler")
    list_filter = (Stage, "handler")


def _subjects_seen(request: HttpRequest) -> list[str]:
    """Types of rows that this person may see at the desk."""
    person: Any = request.user
    known = [model._meta for model in apps.get_models()]
    return [one.label for one in known if person.has_perm(f"{one.app_label}.view_{one.model_name}")]


@admin.register(PutOff)
class PutOffAdmin(ReadOnlyAdmin):
    """What the clock could not do for a row, the longest first; it is tried again by itself."""

    list_display = ("task", "reason", "subject", "failures", "age", "due_at")
    list_filter = ("task",)
    search_fields = ("=subject_id",)
    ordering = ("first_at",)
    actions = (
        StaffAction(
            job_actions.try_row_now,
            "put_off",
            _("Put back into the queue, due now"),
            permission=("handle", PutOff),
            reason="none",
        ),
    )

    def has_view_permission(self, request: HttpRequest, obj: PutOff | None = None) -> bool:
        """Also whoever may see such rows: a payment that the clock put off waits for a finance officer."""
        seen = _subjects_seen(request)
        return super().has_view_permission(request, obj) or (obj.subject_type in seen if obj else bool(seen))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        if super().has_view_permission(request):
            return rows
        return rows.filter(subject_type__in=_subjects_seen(request))

    @admin.display(description=_("row"))
    def subject(self, put_off: PutOff) -> str:
        """The row's own page in the desk, where it has one."""
        app, _dot, model = put_off.subject_type.lower().partition(".")
        try:
            address = reverse(f"admin:{app}_{model}_change", args=[put_off.subject_id])
        except NoReverseMatch:
            return f"{put_off.subject_type} {put_off.subject_id}"
        return format_html('<a href="{}">{} {}</a>', address, put_off.subject_type, put_off.subject_id)

    @admin.display(description=_("fails since"), ordering="first_at")
    def age(self, put_off: PutOff) -> str:
        return ago(put_off.first_at)


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    list_display = ("number", "sealed_at", "events", "last_seq", "hash_hex")

    @admin.display(description="hash")
    def hash_hex(self, seal: Seal) -> str:
        return bytes(seal.hash).hex()
