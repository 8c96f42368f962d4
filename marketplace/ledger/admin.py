"""The books for auditors and finance officers: everything to read, nothing to change."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.money import Money
from marketplace.ledger import queries
from marketplace.ledger.models import Account, Checkpoint, DailyRoot, Entry, RootSubscriber


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    list_display = ("code", "book", "currency", "kind", "floor_zero")
    list_filter = ("book", "kind", "currency")
    search_fields = ("code",)
    fields = ("code", "book", "currency", "kind", "floor_zero", "balance", "public_page")
    readonly_fields = ("balance", "public_page")
    show_full_result_count = False

    @admin.display(description=_("balance"))
    def balance(self, account: Account) -> str:
        return str(queries.balance(account))

    @admin.display(description=_("public page"))
    def public_page(self, account: Account) -> str:
        return format_html('<a href="{}">{}</a>', reverse("ledger:account", args=[account.code]), _("Open"))


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("kind", "book", "at", "legs", "public_page")
    list_filter = ("book",)
    search_fields = ("=id", "=kind", "=key")
    fields = ("kind", "book", "key", "at", "recorded_at", "reverses", "public", "legs", "public_page")
    readonly_fields = ("legs", "public_page")
    ordering = ("-id",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        return super().get_queryset(request).prefetch_related("postings__account")

    @admin.display(description=_("postings"))
    def legs(self, entry: Entry) -> str:
        rows: list[tuple[Any, ...]] = [
            (
                reverse("admin:ledger_account_change", args=[posting.account_id]),
                posting.account.code,
                Money(posting.amount, posting.currency),
            )
            for posting in entry.postings.all()
        ]
        return format_html_join("", '<div><a href="{}">{}</a> {}</div>', rows)

    @admin.display(description=_("public page"))
    def public_page(self, entry: Entry) -> str:
        return format_html('<a href="{}">{}</a>', reverse("ledger:receipt", args=[entry.pk]), _("Open"))


@admin.register(DailyRoot)
class DailyRootAdmin(ReadOnlyAdmin):
    list_display = ("day", "book", "first_seq", "last_seq", "hex", "published")
    list_filter = ("book",)
    fields = ("day", "book", "first_seq", "last_seq", "hex", "published")
    readonly_fields = ("hex",)
    ordering = ("-day", "book")


@admin.register(Checkpoint)
class CheckpointAdmin(ReadOnlyAdmin):
    list_display = ("account", "last_posting", "balance", "taken_at")
    list_select_related = ("account",)
    ordering = ("-id",)
    show_full_result_count = False


@admin.register(RootSubscriber)
class RootSubscriberAdmin(ReadOnlyAdmin):
    list_display = ("address", "created_at", "confirmed_at")
    search_fields = ("=address",)
