"""Every URL × every role, generated from the URLconf. A URL that is not in the table fails the test.

The table says for whom a door opens. Everything private belongs to `owner`; whoever is not named meets the
sign-in page, 403 or 404. What happens behind the door (an empty form, a conflict) is other tests' concern.
"""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from civic.accounts import groups
from civic.core.models import Event
from tests.whole import objects
from tests.whole.scene import (
    ADMIN,
    COUNCIL,
    OWNER,
    RESIDENT,
    ROLES,
    STRANGER,
    addresses,
    cast_of_roles,
    signed_in,
)

EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {STRANGER}
STAFF = frozenset({*COUNCIL, ADMIN})
OWN = frozenset({OWNER})
REVIEWERS = frozenset({OWNER, groups.PROGRAMME_MANAGERS, groups.AUDITORS, ADMIN})

OPENS_TO: dict[str, frozenset[str]] = {}


def opens(to: frozenset[str], *names: str) -> None:
    """Adds URLs to the table."""
    for name in names:
        assert name not in OPENS_TO, name
        OPENS_TO[name] = to


# ------------------------------------------------------------------ accounts and notifications
opens(
    SIGNED_IN,
    *("accounts:me", "accounts:profile", "accounts:privacy", "accounts:organisation-new"),
    *("accounts:residency", "accounts:residency-letter", "accounts:residency-registry"),
    *("accounts:export", "accounts:export-state", "accounts:erase", "accounts:keep"),
    *("notifications:list", "notifications:read_all", "notifications:settings"),
    "admin/password_change/",
)
opens(
    OWN,
    *(
        "accounts:organisation-edit",
        "accounts:organisation-leave",
        "accounts:members",
        "accounts:member-role",
    ),
    *("accounts:member-remove", "accounts:invitation-resend", "accounts:invitation-revoke"),
    "notifications:read",
)
opens(EVERYBODY, "accounts:person", "accounts:organisations", "accounts:organisation", "accounts:invitation")
# Nobody in the cast has a residency to withdraw; the token of the unsubscription is not one of ours.
opens(frozenset(), "accounts:residency-withdraw", "notifications:unsubscribe")
# Not the holder's: the page goes back to /me/data/ and says that it is gone. The owner gets the file.
opens(SIGNED_IN, "accounts:export-download")

# ------------------------------------------------------------------ calls and proposals
opens(EVERYBODY, "calls:index", "proposals:propose", "proposals:browse", "proposals:start", "proposals:cover")
opens(frozenset({groups.PROGRAMME_MANAGERS, groups.AUDITORS, ADMIN}), "calls:show")
opens(REVIEWERS, "proposals:show", "proposals:cover-of", "proposals:changes")
opens(SIGNED_IN, "proposals:support")
opens(
    OWN,
    *("proposals:cancel", "proposals:pictures", "proposals:preview", "proposals:edit", "proposals:picture"),
    *("proposals:invite", "proposals:leave", "proposals:withdraw"),
)
opens(frozenset(), "proposals:invitation")

# ------------------------------------------------------------------ discussion
opens(EVERYBODY, "discussion:discussion", "discussion:thread", "discussion:moderation")
opens(EVERYBODY, "discussion:report_project", "discussion:report_comment")
opens(SIGNED_IN, "discussion:post", "discussion:follow")
opens(OWN, "discussion:edit", "discussion:delete")
opens(frozenset({OWNER, groups.MODERATORS, groups.AUDITORS, ADMIN}), "discussion:case")

# ------------------------------------------------------------------ voting
opens(EVERYBODY, "voting:check", "voting:results", "voting:ballots-pb", "voting:results-csv")
opens(SIGNED_IN, "voting:ballot", "voting:receipt")

# ------------------------------------------------------------------ pages, API, the rest
opens(
    EVERYBODY,
    *(
        "pages:search",
        "pages:developers",
        "pages:robots",
        "pages:manifest",
        "pages:icon",
        "pages:icon-png",
        "pages:favicon",
    ),
    *("pages:sitemap", "pages:sitemap-section", "theme", "styleguide", "demo:visitors", "demo:mail"),
    *("api-schema", "api:areas", "api:calls", "api:projects", "api:projects-csv", "api:project-comments"),
    *("api:call-results", "api:call-results-csv", "api:call-ballots"),
    "wagtail_serve",
)
opens(SIGNED_IN, "api:own-ballots")
# A draft is not open data, whoever asks; nor is a message or a picture that does not exist.
opens(frozenset(), "api:project", "api:call", "demo:message", "demo:sign-in", "media")
# Both lead to the one place where people sign in.
opens(frozenset(), "pages:sign-in", "cms/login/")
opens(STAFF, "cms/users/", "cms/users/<path:rest>")

# ------------------------------------------------------------------ contributions and delivery
TEAM_AND_STEWARDS = frozenset({OWNER, groups.PROGRAMME_MANAGERS, ADMIN})
opens(EVERYBODY, "contributions:wanted", "api:project-wanted", "api:project-contributions")
opens(SIGNED_IN, "contributions:offer")
opens(TEAM_AND_STEWARDS, "contributions:offers", "contributions:contribution", "delivery:plan")
opens(OWN, "contributions:add", "contributions:change", "contributions:close")
opens(EVERYBODY, "delivery:progress", "delivery:milestone", "api:project-milestones", "api:project-updates")
# An empty form is refused (422) before the operation says to whom the step belongs.
opens(SIGNED_IN, "delivery:step", "delivery:milestone_step", "delivery:evidence")
opens(OWN, "delivery:update", "delivery:remove")

# ------------------------------------------------------------------ money
opens(
    EVERYBODY,
    *("ledger:index", "ledger:account", "ledger:export", "ledger:verify", "ledger:program", "ledger:root"),
    *("ledger:receipt", "ledger:receipt-file", "ledger:subscribe", "api:ledger", "api:ledger-csv"),
    "payments:stripe-webhook",
)
opens(OWN, "payments:payment", "payments:demo", "payments:receipt", "payments:receipt-file")
opens(OWN, "payments:year", "payments:method-remove")
opens(SIGNED_IN, "payments:mine", "payments:methods", "api:my-payments")
# The charge of the matrix is not a bank transfer; the tokens are not ours.
opens(frozenset(), "payments:transfer", "ledger:confirm", "ledger:stop")

# ------------------------------------------------------------------ campaigns and pledges
opens(
    EVERYBODY,
    *("campaigns:campaigns", "campaigns:campaign", "campaigns:pledge", "payouts:project-money"),
    *("api:campaigns", "api:campaigns-csv", "api:campaign"),
)
opens(SIGNED_IN, "campaigns:pledges", "campaigns:pledge-review", "api:own-pledges")
opens(
    OWN,
    "campaigns:own-pledge",
    "campaigns:pledge-thanks",
    "campaigns:pledge-change",
    "campaigns:pledge-cancel",
)
opens(OWN, "campaigns:pledge-step", "campaigns:campaign-edit", "api:own-pledge")

# ------------------------------------------------------------------ sponsors and invoices
SPONSORS_BOOKS = frozenset({OWNER, groups.FINANCE_OFFICERS, groups.AUDITORS, ADMIN})
SPONSORS_DESK = SPONSORS_BOOKS | {groups.PROGRAMME_MANAGERS}
opens(EVERYBODY, "sponsorship:sponsor-choose", "api:campaign-sponsorships")
opens(SIGNED_IN, "sponsorship:sponsor", "api:own-invoices")
opens(OWN, "sponsorship:packages")
# Who reads a sponsorship gets its page back with what is wrong; the operation says whose the step is.
opens(SPONSORS_DESK, "sponsorship:sponsorship", "sponsorship:sponsorship-step", "sponsorship:sponsorship-pay")
opens(SPONSORS_DESK, "sponsorship:sponsorships")
opens(SPONSORS_BOOKS, "invoicing:invoice", "invoicing:invoice-pdf")

# ------------------------------------------------------------------ match funds
opens(
    EVERYBODY,
    *("matching:funds", "matching:fund", "matching:fund-input", "matching:fund-program"),
    *("api:funds", "api:funds-csv", "api:fund", "api:fund-allocations", "api:fund-input"),
)
opens(SIGNED_IN, "matching:fund-challenge")
opens(OWN, "payouts:bank")

PATHS = {"wagtail_serve": "/", "cms/users/<path:rest>": "/cms/users/1/"}
OURS = {
    address.name if not address.name.endswith("None") else address.pattern
    for address in addresses()
    if address.ours
}


REFUSED = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}


def path_of(name: str, made: objects.Objects) -> str:
    """The address of a URL with the object behind it."""
    if name in PATHS:
        return PATHS[name]
    return f"/{name}" if "/" in name else reverse(name, kwargs=made.kwargs.get(name))


def knock(client: Client, path: str) -> HttpResponse:
    """Asks for the page, or sends an empty form where there is only that; nothing of it stays."""
    with transaction.atomic():
        response = client.get(path)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = client.post(path, {})
        transaction.set_rollback(True)
    return response


def is_in(response: HttpResponse) -> bool:
    """Whether the door opened."""
    if response.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
        return False
    return not (response.status_code == HTTPStatus.FOUND and "/login/" in response.headers["Location"])


def test_the_table_names_every_url() -> None:
    assert set(OPENS_TO) == OURS


@pytest.mark.django_db
def test_doors_open_for_those_and_only_those() -> None:
    cast = cast_of_roles()
    owner = cast[OWNER]
    assert owner is not None
    made = objects.build(owner)
    clients = {role: signed_in(person) for role, person in cast.items()}
    wrong = []
    for name, allowed in OPENS_TO.items():
        path = path_of(name, made)
        for role, client in clients.items():
            response = knock(client, path)
            if (
                is_in(response) != (role in allowed)
                or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
            ):
                wrong.append((name, role, response.status_code))
    assert not wrong, wrong


@pytest.mark.django_db
def test_libraries_doors_stay_shut_for_those_who_are_not_staff() -> None:
    cast = cast_of_roles()
    clients = {role: signed_in(cast[role]) for role in (STRANGER, RESIDENT)}
    desks = [address for address in addresses() if address.pattern.startswith(("admin/", "cms/"))]
    # Icons and translations of buttons: the same for everybody, and not about anybody.
    harmless = ("login", "cms/sprite/", "jsi18n/")
    behind = [a for a in desks if not a.ours and not any(word in a.pattern for word in harmless)]
    assert len(behind) > 200
    for address in behind:
        path = "/" + _any_arguments(address.pattern)
        for role, client in clients.items():
            assert client.get(path).status_code >= HTTPStatus.MULTIPLE_CHOICES, (address.pattern, role)


def _any_arguments(pattern: str) -> str:
    """A path that matches the pattern: for a door that is shut, any object will do."""

    path = re.sub(r"<uuid:\w+>", "01a20535-e37c-70ad-9489-fcaaae22e01f", pattern)
    path = re.sub(r"<int:\w+>", "1", path)
    path = re.sub(r"<(\w+:)?\w+>", "x", path)
    path = re.sub(r"\(\?P<\w+>[^)]*\)", "1", path)
    return path.replace("^", "").replace("$", "").replace("\\", "")


@pytest.mark.django_db
def test_reading_changes_nothing() -> None:
    """No URL of ours writes an event on GET, for the person who may do the most with it."""
    cast = cast_of_roles()
    owner, admin = cast[OWNER], cast[ADMIN]
    assert owner is not None
    assert admin is not None
    made = objects.build(owner)
    before = Event.objects.count()
    for person in (owner, admin):
        client = signed_in(person)
        for name in OPENS_TO:
            client.get(path_of(name, made))
            assert Event.objects.count() == before, name


@pytest.mark.django_db
def test_nothing_is_written_without_a_csrf_token() -> None:
    cast = cast_of_roles()
    owner = cast[OWNER]
    assert owner is not None
    made = objects.build(owner)
    before = Event.objects.count()
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    # RFC 8058: mail programs unsubscribe with one click and no page; the token in the address is the proof.
    # A provider has no session: the signature of its message is the proof, and an unsigned one is refused as such.
    exempt = {"notifications:unsubscribe", "payments:stripe-webhook"}
    passed: list[Any] = []
    for name in OPENS_TO:
        status = client.post(path_of(name, made), {}).status_code
        if status not in REFUSED and name not in exempt:
            passed.append((name, status))
    assert not passed
    assert Event.objects.count() == before
