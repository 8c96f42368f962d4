"""Who may come to a URL at all. Each view declares it; the middleware enforces it, closed by default."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

View = TypeVar("View", bound=Any)


@dataclass(frozen=True)
class Access:
    """A named condition on the person who asks. `public` says that nobody need sign in for it."""

    name: str
    allows: Callable[[Any], bool]
    public: bool = False


PUBLIC = Access("public", lambda person: True, public=True)
SIGNED_IN = Access("signed in", lambda person: person.is_authenticated)
STAFF = Access("staff", lambda person: person.is_authenticated and person.is_staff)
# Views of libraries that check the person themselves (allauth, Django admin, Wagtail admin).
DELEGATED = Access("checked by the library's own view", lambda person: True, public=True)


def access(policy: Access) -> Callable[[View], View]:
    """Declares the policy of a view (function or class): `@access(SIGNED_IN)`."""

    def declare(view: View) -> View:
        # A function that DRF wraps has the class of its instances as `cls`; that is what permissions are shown.
        getattr(view, "cls", view).access = policy
        return view

    return declare


class PasswordRequired(ReauthenticationRequired):
    """Leads to “Is it you?” and back; `said` is what was sent, as labels and words, for who gives the password."""

    def __init__(self, said: Iterable[tuple[Any, Any]]) -> None:
        self.said = [(str(label), str(words)) for label, words in said]
        super().__init__()


def require_password(request: HttpRequest, said: Iterable[tuple[Any, Any]] = ()) -> None:
    """Asks who it is before what a found session must not do, by raising PasswordRequired.

    Goes on where the password, or a code of the second step, was given in the last minutes. `said` are labels and
    words of what was sent: somebody else may have sent it in this session, so whoever gives the password reads them.
    """
    try:
        _require_password(request)
    except ReauthenticationRequired as error:
        raise PasswordRequired(said) from error


@reauthentication_required
def _require_password(request: HttpRequest) -> None:
    """Raises the library's exception, unless the password was given lately."""


class DeclaredAccess(BasePermission):
    """The API's permission: what the view declares, asked of the person that DRF has authenticated."""

    def has_permission(self, request: Request, view: Any) -> bool:
        policy = declared(view)
        return policy is not None and policy.allows(request.user)


def declared(callback: Any) -> Access | None:
    """The policy of a resolved view; class-based and DRF views carry it on their class."""
    for holder in (callback, getattr(callback, "view_class", None), getattr(callback, "cls", None)):
        policy = getattr(holder, "access", None)
        if isinstance(policy, Access):
            return policy
    return None


def delegate(patterns: Iterable[Any], policy: Access = DELEGATED) -> None:
    """Declares one policy for all URLs of a library that are in use here."""
    for pattern in walk(patterns):
        if declared(pattern.callback) is None:
            # A bound method takes no attributes; the function behind it does.
            holder: Any = getattr(pattern.callback, "__func__", pattern.callback)
            holder.access = policy


def walk(patterns: Iterable[Any]) -> Iterable[URLPattern]:
    """Every leaf of a URLconf."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns)
        else:
            yield pattern


def require_declarations(patterns: Iterable[Any]) -> None:
    """Raises ImproperlyConfigured, at import of the URLconf, for a URL that declares no policy."""
    bare = [str(pattern.pattern) for pattern in walk(patterns) if declared(pattern.callback) is None]
    if bare:
        raise ImproperlyConfigured(f"These URLs declare no access policy: {', '.join(bare)}")
