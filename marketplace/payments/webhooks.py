"""Where providers tell us that something changed: verified, stored, answered. Nothing is done about it here."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from civic.core import clock
from civic.core.access import PUBLIC, access
from marketplace.payments import operations
from marketplace.payments.providers import Unavailable, message_readers

log = logging.getLogger(__name__)

LARGEST = 512 * 1024


@access(PUBLIC)
@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Takes a message of a provider. An unsigned, forged, old, malformed or foreign one is refused with one line."""
    reader = message_readers.get(provider)
    if reader is None:
        raise Http404
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            raise ValueError("too large")
        message = reader(request.headers, request.body)
        operations.receive_webhook(provider=provider, **message._asdict(), at=clock.now())
    # The last four: a message that is not built as the provider builds them.
    except (Unavailable, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        log.warning("%s webhook refused: %s: %s", provider, type(error).__name__, str(error)[:200])
        return HttpResponse(status=400)
    return HttpResponse(status=200)
