"""The public pages of the ledger: its entries and accounts, and everything for somebody who doubts."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from civic.core import clock, signatures
from civic.core.access import PUBLIC, access
from civic.core.money import Money
from civic.core.paging import page
from marketplace.ledger import (
    chart,
    labels,
    operations,
    picture,
    queries,
    signing,
    subscribing,
    trail,
    verify,
)
from marketplace.ledger.forms import Filters, SubscribeForm
from marketplace.ledger.models import Account, Entry


@access(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every movement of money, newest first, and where money is now."""
    book = settings.LEDGER_BOOK
    form = Filters(request.GET or None, kinds=queries.kinds(book))
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    rows = page(queries.entries(book, **chosen), after=request.GET.get("after", ""))
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
    counted = picture.flows(book)
    sides = {True: _("Where the money is"), False: _("Whom it is for")}
    totals = picture.totals(counted)
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
    return {"pictures": picture.pictures(counted), "balances": balances}


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
    found = queries.accounts_of(settings.LEDGER_BOOK, code)
    wanted = request.GET.get("currency") or (found[0].currency if found else "")
    shown = next((one for one in found if one.currency == wanted), None)
    if shown is None:
        raise Http404
    rows = page(queries.history(shown), after=request.GET.get("after", ""))
    tabs = [{"title": one.currency, "href": _page_of(one), "current": one == shown} for one in found]
    # The balance and its course are of one reading, so that the curve ends where the figure stands.
    balance = queries.balance(shown)
    days = queries.daily_balances(shown, balance=balance, at=clock.now())
    context = {
        "balance": balance,
        "chart": [(date_format(localtime(day), "j M"), float(money.major)) for day, money in days],
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


PROGRAM = Path(verify.__file__)


@access(PUBLIC)
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The whole book as JSON lines, streamed, as `verify.py` reads it."""
    book = settings.LEDGER_BOOK
    lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in queries.export(book))
    response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="ledger-{book}.jsonl"'
    return response


@access(PUBLIC)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """How to check the ledger without believing us, and the roots to compare with."""
    book = settings.LEDGER_BOOK
    after = request.GET.get("after", "")
    context = {
        "book": book,
        "file": f"ledger-{book}.jsonl",
        "one_line": _one_line(f"ledger-{book}.jsonl"),
        "roots": page(queries.roots(book), after=after, by="-last_seq"),
        "public_key": signatures.public_key(),
        "later": bool(after),
    }
    return render(request, "ledger/verify.html", context)


def _one_line(file: str) -> str:
    """What a doubter pastes into a terminal: fetch both files, run the one over the other."""
    wanted = {"verify.py": reverse("ledger:program"), file: reverse("ledger:export")}
    fetch = [f"curl -fsSo {name} {settings.SITE_URL}{path}" for name, path in wanted.items()]
    return " && ".join([*fetch, f"python3 verify.py {file}"])


@access(PUBLIC)
@require_safe
def program(request: HttpRequest) -> FileResponse:
    """The program that checks an export: the very file that the tests run."""
    return FileResponse(
        PROGRAM.open("rb"), as_attachment=True, filename="verify.py", content_type="text/x-python"
    )


@access(PUBLIC)
@require_safe
def root(request: HttpRequest, day: date) -> JsonResponse:
    found = get_object_or_404(queries.roots(settings.LEDGER_BOOK), day=day)
    return JsonResponse(signing.signed(found), json_dumps_params={"indent": 2})


@access(PUBLIC)
@require_safe
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry, and the proof that it stands in the published ledger once its day is closed."""
    entry = get_object_or_404(queries.entries(settings.LEDGER_BOOK), pk=pk)
    (step,) = trail.steps([entry])
    context = {"entry": entry, "step": step, "proof": queries.receipt(entry)}
    return render(request, "ledger/receipt.html", context)


@access(PUBLIC)
@require_safe
def receipt_file(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The receipt as JSON: entry, link and inclusion proof. 404 until its day is closed."""
    entry = get_object_or_404(Entry.objects.filter(book=settings.LEDGER_BOOK), pk=pk)
    proof = queries.receipt(entry)
    if proof is None:
        return JsonResponse({"title": "The day of this entry is not closed yet."}, status=404)
    return JsonResponse(vars(proof), json_dumps_params={"indent": 2})


@access(PUBLIC)
class Subscribe(View):
    """Says the same whether the address is known or not."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "ledger/subscribe.html", {"form": SubscribeForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SubscribeForm(request.POST)
        if not form.is_valid():
            return render(request, "ledger/subscribe.html", {"form": form}, status=422)
        operations.subscribe(address=form.cleaned_data["address"], at=clock.now())
        return render(request, "ledger/subscribe.html", {"asked": form.cleaned_data["address"]})


@access(PUBLIC)
class Confirm(View):
    """Asks first: programs that look at every link in a mail must not subscribe anybody."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return render(request, "ledger/confirm.html", {"subscriber": subscribing.to_confirm(token)})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        subscriber = subscribing.to_confirm(token)
        operations.confirm(subscriber=subscriber, at=clock.now())
        return render(request, "ledger/confirm.html", {"subscriber": subscriber, "done": True})


@access(PUBLIC)
@method_decorator(csrf_exempt, name="dispatch")
class Stop(View):
    """The signed link is the authority: mail programs send no cookie (RFC 8058)."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return render(request, "ledger/stop.html", {"subscriber": subscribing.to_stop(token)})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        subscriber = subscribing.to_stop(token)
        operations.stop(subscriber=subscriber)
        return render(request, "ledger/stop.html", {"subscriber": subscriber, "done": True})
