"""Daily roots by mail: ask, confirm, end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from civic.core import clock
from civic.core.access import PUBLIC, access
from marketplace.ledger import operations, subscribing
from marketplace.ledger.forms import SubscribeForm


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
