"""The public ledger: its entries, and the history of an account."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from civic.core import clock
from civic.core.access import PUBLIC, access
from civic.core.money import Money
from civic.core.paging import page
from marketplace.ledger import browsing, chart, flows, labels, queries, trail
from marketplace.ledger.forms import Filters
from marketplace.ledger.models import Account
from marketplace.ledger.picture import pictures


@access(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every movement of money, newest first, and where money is now."""
    book = settings.LEDGER_BOOK
    form = Filters(request.GET or None, kinds=browsing.kinds(book))
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    rows = page(browsing.entries(book, **chosen), after=request.GET.get("after", ""))
    context = {
        "book": book,
        "form": form,
        "chips": [_chip(name, chosen) for name in chosen],
        "steps": trail.steps(rows.items),
        "next": _href(chosen, after=rows.next) if rows.next else "",
        "first": _href(chosen) if request.GET.get("after") else "",
    }
    first_page = not chosen and not request.GET.get("after")
    return render(request, "ledger/index.html", context | (_overview(book) if first_page else {}))


def _overview(book: str) -> dict[str, Any]:
    """The picture, and what is in accounts of each kind: where money is, and whom it is for."""
    counted = flows.flows(book)
    sides = {True: _("Where the money is"), False: _("Whom it is for")}
    totals = flows.totals(counted)
    balances = [
        {
            "side": words,
            "rows": [
                {"place": chart.described(shape), "amount": Money(abs(total), currency)}
                for (shape, currency), total in totals.items()
                if (total > 0) is debit
            ],
        }
        for debit, words in sides.items()
    ]
    return {"pictures": pictures(counted), "balances": balances}


def _chip(name: str, chosen: dict[str, str]) -> dict[str, str]:
    text = str(chart.happened(chosen[name])) if name == "kind" else chosen[name]
    return {"text": text, "href": _href(chosen, without=name)}


def _href(chosen: dict[str, str], *, without: str = "", after: str = "") -> str:
    query = {name: value for name, value in chosen.items() if name != without}
    return reverse("ledger:index", query=query | ({"after": after} if after else {}))


@access(PUBLIC)
@require_safe
def account(request: HttpRequest, code: str) -> HttpResponse:
    """One account: what is in it, how that came about. A code has an account for each of its currencies."""
    found = browsing.accounts_of(settings.LEDGER_BOOK, code)
    wanted = request.GET.get("currency") or (found[0].currency if found else "")
    shown = next((one for one in found if one.currency == wanted), None)
    if shown is None:
        raise Http404
    rows = page(browsing.history(shown), after=request.GET.get("after", ""))
    tabs = [{"title": one.currency, "href": _page_of(one), "current": one == shown} for one in found]
    # The balance and its course are of one reading, so that the curve ends where the figure stands.
    balance = queries.balance(shown)
    days = browsing.daily_balances(shown, balance=balance, at=clock.now())
    context = {
        "balance": balance,
        "chart": [(date_format(day, "j M"), float(money.major)) for day, money in days],
        "account": shown,
        "named": labels.named([code])[code],
        "currencies": tabs if len(tabs) > 1 else [],
        "rows": [
            {
                "entry": posting.entry,
                "happened": chart.happened(posting.entry.kind),
                "amount": queries.natural(shown, posting.amount),
            }
            for posting in rows
        ],
        "next": _page_of(shown, rows.next) if rows.next else "",
        "first": _page_of(shown) if request.GET.get("after") else "",
    }
    return render(request, "ledger/account.html", context)


def _page_of(shown: Account, after: str = "") -> str:
    query = {"currency": shown.currency} | ({"after": after} if after else {})
    return reverse("ledger:account", args=[shown.code], query=query)
