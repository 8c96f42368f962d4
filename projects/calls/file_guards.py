"""The picture of a call is seen by whoever sees the call."""

from django.http import HttpRequest

from civic.core import media
from projects.calls.models import Call


def sees_call_picture(request: HttpRequest, name: str) -> bool:
    """Whether the file is the picture of a call that the reader may see now."""
    return Call.objects.visible_to(request.user).filter(picture=name).exists()


media.guards.register(media.Guard("calls", sees_call_picture))
