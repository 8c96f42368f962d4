"""Everything for somebody who doubts: the export, the check, receipts, the roots, and the roots by mail."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from civic.core import clock
from civic.core.access import PUBLIC, access
from civic.core.paging import page
from marketplace.ledger import browsing, operations, queries, signing, subscribing, trail, verify
from marketplace.ledger.forms import SubscribeForm
from marketplace.ledger.models import Entry

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
        "roots": page(browsing.roots(book), after=after, by="-last_seq"),
        "public_key": signing.public_key(),
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
    found = get_object_or_404(browsing.roots(settings.LEDGER_BOOK), day=day)
    return JsonResponse(signing.signed(found), json_dumps_params={"indent": 2})


@access(PUBLIC)
@require_safe
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry, and the proof that it stands in the published ledger once its day is closed."""
    entry = get_object_or_404(browsing.entries(settings.LEDGER_BOOK), pk=pk)
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
