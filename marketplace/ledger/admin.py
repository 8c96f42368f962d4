"""The books for auditors and finance officers: everything to read, nothing to change."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
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
    fields = ("code", "book", "currency", "kind", "floor_zero", "balance", "page")
    readonly_fields = ("balance", "page")

    @admin.display(description=_("balance"))
    def balance(self, account: Account) -> str:
        return str(queries.balance(account))

    def page_address(self, row: Account) -> str:
        return reverse("ledger:account", args=[row.code])


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("kind", "book", "at", "legs", "page")
    list_filter = ("book",)
    search_fields = ("=id", "=kind", "=key")
    fields = ("kind", "book", "key", "at", "recorded_at", "reverses", "public", "legs", "page")
    readonly_fields = ("legs", "page")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        return super().get_queryset(request).prefetch_related("postings__account")

    @admin.display(description=_("postings"))
    def legs(self, entry: Entry) -> str:
        rows: list[tuple[Any, ...]] = []
        for posting in entry.postings.all():
            address = reverse("admin:ledger_account_change", args=[posting.account_id])
            rows.append((address, posting.account.code, Money(posting.amount, posting.currency)))
        return format_html_join("", '<div><a href="{}">{}</a> {}</div>', rows)

    def page_address(self, row: Entry) -> str:
        return reverse("ledger:receipt", args=[row.pk])


@admin.register(DailyRoot)
class DailyRootAdmin(ReadOnlyAdmin):
    list_display = ("day", "book", "first_seq", "last_seq", "hex", "published")
    list_filter = ("book",)
    fields = ("day", "book", "first_seq", "last_seq", "hex", "published")
    readonly_fields = ("hex",)
    ordering = ("-day", "book")


@admin.register(Checkpoint)
class CheckpointAdmin(ReadOnlyAdmin):
    list_display = ("account", "last_posting", "amount", "taken_at")
    list_select_related = ("account",)
    fields = readonly_fields = list_display
    ordering = ("-id",)

    @admin.display(description=_("balance, debit positive"))
    def amount(self, checkpoint: Checkpoint) -> Money:
        return Money(checkpoint.balance, checkpoint.account.currency)


@admin.register(RootSubscriber)
class RootSubscriberAdmin(ReadOnlyAdmin):
    list_display = ("address", "created_at", "confirmed_at")
    search_fields = ("=address",)
