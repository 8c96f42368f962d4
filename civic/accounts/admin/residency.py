"""Residency: the letters to print, the desk, and the register."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic.accounts import operations
from civic.accounts.forms import DeskForm, OperationForm, RegistryUploadForm
from civic.accounts.models import RegistryEntry, RegistryUpload, Residency
from civic.accounts.requests import signed_in
from civic.accounts.states import ResidencyState
from civic.core import clock
from civic.core.access import require_password
from civic.core.admin import ReadOnlyAdmin
from civic.core.errors import Refused
from civic.core.policies import may, require
from civic.core.staff_actions import StaffAction, confirm_page, names_of
from civic.core.templatetags.exchange import ago

# What somebody at the council has to do something about comes first.
WAITING = Case(When(state="requested", then=0), When(state="code_sent", then=1), default=2)
SINCE = Coalesce(F("state_since"), F("created_at"))


class PrintAgainForm(forms.Form):
    """Which letters the page has said to be in the post."""

    seen = forms.CharField(widget=forms.HiddenInput)


@admin.action(description=gettext_lazy("Print letters with codes"), permissions=["print"])
def print_letters(model_admin: Any, request: HttpRequest, rows: QuerySet[Residency]) -> HttpResponse | None:
    """One page a letter. The codes are on this page only: printing again makes new ones, and asks before it does."""
    title = _("Print letters with codes")
    residencies = list(rows.select_related("person", "area").order_by("created_at"))
    require_password(request, [(_("Step"), title), (_("For"), names_of(residencies))])
    sent = [one.expires_at for one in residencies if one.state == ResidencyState.CODE_SENT and one.expires_at]
    posted = len(sent)
    # When their codes end says which letters the page has asked of: whoever loads the printed ones anew is asked anew.
    seen = f"{posted} {max(sent).isoformat()}" if sent else ""
    if posted and not ("confirmed" in request.POST and request.POST.get("seen") == seen):
        words = ngettext(
            "Of the %(all)s letters %(posted)s is in the post already: its code stops working, and only that of the "
            "new letter counts.",
            "Of the %(all)s letters %(posted)s are in the post already: their codes stop working, and only those of "
            "the new letters count.",
            posted,
        )
        asked = {"title": title, "action": "print_letters"}
        asked["explanation"] = words % {"all": len(residencies), "posted": posted}
        return confirm_page(
            model_admin, request, residencies, PrintAgainForm(initial={"seen": seen}), **asked
        )
    try:
        letters = operations.print_letters(actor=signed_in(request), residencies=residencies, at=clock.now())
    except Refused:
        messages.error(request, _("Choose only requests that wait for a letter. Nothing was printed."))
        return None
    address = settings.SITE_URL.partition("://")[2]
    context = {"letters": letters, "at": clock.now(), "address": address}
    response = render(request, "admin/accounts/letters.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@admin.register(Residency)
class ResidencyAdmin(ReadOnlyAdmin):
    """What waits longest comes first."""

    list_display = (
        *(
            "person",
            "email",
            "recipient",
            "birth_year",
            "address",
            "at_address",
            "area",
            "method",
            "state",
            "waiting",
        ),
    )
    list_filter = ("state", "method", "area")
    list_select_related = ("person", "area")
    search_fields = ("person__email", "person__name")
    fields = (
        *("person", "area", "method", "state", "state_since"),
        *("recipient", "address", "verified_at", "expires_at"),
    )
    ordering = (WAITING.asc(), SINCE.asc())
    actions = (
        print_letters,
        StaffAction(
            operations.reject_residency,
            "residency",
            gettext_lazy("Reject, or end a wrong confirmation"),
            permission=("reject", Residency),
            sensitive=True,
            explanation=gettext_lazy(
                "Was the wrong account confirmed, with papers of somebody else? Then choose “End a confirmation with "
                "somebody else’s papers”: if the owner of this account is confirmed anew and votes first, the person "
                "with these papers can be confirmed and vote only when that vote is sealed."
            ),
        ),
        StaffAction(
            operations.end_wrong_confirmation,
            "residency",
            gettext_lazy("End a confirmation with somebody else’s papers"),
            permission=("release", Residency),
            sensitive=True,
            explanation=gettext_lazy(
                "The desk has confirmed the wrong account. It is not confirmed any more, and the papers can confirm "
                "the account of their person at once."
            ),
        ),
        StaffAction(
            operations.release_marks,
            "residency",
            gettext_lazy("Let its papers confirm another account"),
            permission=("release", Residency),
            sensitive=True,
            explanation=gettext_lazy(
                "For a confirmation of the wrong account that the desk has ended. The papers were somebody else’s, who "
                "can be confirmed with them from then on."
            ),
        ),
    )

    def has_print_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "print", Residency)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Residency]:
        same = Residency.objects.letters_to(OuterRef("address_mark")).order_by().values("address_mark")
        people = same.annotate(n=Count("person", distinct=True)).values("n")
        rows = super().get_queryset(request).annotate(sharing=Subquery(people))
        return rows.defer("identity", "document", "code_hash")

    def get_urls(self) -> list[Any]:
        desk = path("desk/", self.admin_site.admin_view(self.desk), name="accounts_residency_desk")
        return [desk, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The queue of letters is what staff come for, so it opens first."""
        may_verify = may(request.user, "verify", Residency)
        return super().changelist_view(request, {**(extra_context or {}), "may_verify": may_verify})

    def desk(self, request: HttpRequest) -> HttpResponse:
        """Verifies somebody who stands at the service desk with their papers."""
        require(request.user, "verify", Residency)
        # Also to see the form: what is typed in it of somebody's papers is kept nowhere meanwhile.
        require_password(request)
        form = DeskForm(request.POST or None)
        if form.accepted_by(operations.verify_at_desk, actor=request.user, at=clock.now()):
            messages.success(request, _("%(person)s is verified.") % {"person": form.person})
            return redirect("admin:accounts_residency_desk")
        return _form_page(self, request, form, _("Verify at the service desk"), _("Verify"))

    @admin.display(description=gettext_lazy("email"))
    def email(self, residency: Residency) -> str:
        return residency.person.email

    @admin.display(description=gettext_lazy("born in"))
    def birth_year(self, residency: Residency) -> str:
        return f"{residency.born:%Y}" if residency.born else ""

    @admin.display(description=gettext_lazy("letters to this address"))
    def at_address(self, residency: Any) -> str:
        """A warning where several people ask at one address: that is how somebody invents housemates."""
        people = residency.sharing or 0
        return _("Look closer: %(people)s people") % {"people": people} if people > 1 else ""

    @admin.display(description=gettext_lazy("waiting"), ordering=SINCE)
    def waiting(self, residency: Residency) -> SafeString | str:
        return ago(residency.waiting_since) if residency.state in ("requested", "code_sent") else ""


@admin.register(RegistryUpload)
class RegistryUploadAdmin(ReadOnlyAdmin):
    """Extracts of the residents' register; adding one replaces the one before."""

    list_display = ("created_at", "uploaded_by", "lines")
    list_select_related = ("uploaded_by",)
    ordering = ("-created_at",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "create", RegistryUpload)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Takes a file; it is refused as a whole, with the number of its first bad line."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        require_password(request)
        form = RegistryUploadForm(request.POST or None, request.FILES or None)
        title, replace = _("Upload the residents' register"), _("Replace the register")
        fixed = {"actor": request.user, "at": clock.now()}
        before = form.cleaned_data.pop("seen") if form.is_valid() else ""
        seen = operations.seen_of(form.cleaned_data["file"]) if form.is_valid() else ""
        if before and before == seen:
            if form.accepted_by(operations.upload_registry, seen=seen, **fixed):
                messages.success(request, _("The register is replaced."))
                return redirect("admin:accounts_registryupload_changelist")
            return _form_page(self, request, form, title, replace)
        if form.accepted_by(operations.count_registry, **fixed):
            # The file is not kept meanwhile: it names every resident. So it is chosen once more.
            words = _(
                "Residents in the register now: %(known)s. In your file: %(lines)s. It takes the place of the whole "
                "register: who is not in it can ask for no letter any more. If that is right, choose the same file "
                "once more."
            )
            figures = words % {"known": RegistryEntry.objects.count(), "lines": form.answer}
            if before:
                figures = _("This is another file than before, or the register has changed.") + " " + figures
            return _form_page(
                self, request, RegistryUploadForm(initial={"seen": seen}), title, replace, figures
            )
        return _form_page(self, request, form, title, _("Count the residents in it"))


def _form_page(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    form: OperationForm,
    title: str,
    action: str,
    explanation: str = "",
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.model._meta,
        "form": form,
        "action": action,
        "explanation": explanation,
    }
    return render(request, "admin/accounts/form.html", context, status=422 if form.errors else 200)
