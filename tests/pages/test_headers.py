"""Every kind of page carries the headers that keep it safe, and none of them sets a cookie for a stranger."""

import secrets
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import accounts, calls, pages, proposals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("default_tree")]

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


@pytest.fixture
def addresses() -> list[str]:
    """One address of each kind of page."""
    home = pages.tree()
    call, story = calls.call("voting"), pages.story(home)
    project = proposals.project(call)
    return [
        "/",
        "/privacy/",
        "/help/",
        "/help/voting/",
        "/stories/",
        f"/stories/{story.slug}/",
        "/search/?q=project",
        call.get_absolute_url(),
        project.get_absolute_url(),
        "/robots.txt",
        "/sitemap.xml",
        "/site.webmanifest",
        "/icon.svg",
        "/nothing-here/",
        "/accounts/login/",
    ]


def policy(response: object) -> dict[str, str]:
    """The content security policy as directives."""
    header = response.headers["Content-Security-Policy"]  # type: ignore[attr-defined]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";"))


def test_a_strict_policy_without_nonce_on_every_public_page(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        found = policy(client.get(address))
        assert {name: found.get(name) for name in STRICT} == STRICT, address
        assert "unsafe" not in str(found), address
        assert "http" not in str(found), address


def test_no_sniffing_no_framing_no_features_on_every_page(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        headers = client.get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["X-Frame-Options"] == "DENY", address
        assert headers["Referrer-Policy"] == "same-origin", address
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert "camera=()" in headers["Permissions-Policy"], address


def test_a_stranger_gets_no_cookie_and_nothing_from_elsewhere(client: Client, addresses: list[str]) -> None:
    for address in addresses[:-1]:
        response = client.get(address)
        assert not response.cookies, address
        content = response.content.decode()
        for attribute in (
            'src="http',
            "src='http",
            'srcset="http',
            '<link rel="stylesheet" href="http',
            " style=",
        ):
            assert attribute not in content, (address, attribute)


def test_the_cms_has_its_own_policy_for_staff_alone(client: Client) -> None:
    pages.tree()
    assert "unsafe" not in str(policy(client.get("/cms/")))
    client.force_login(accounts.person())
    assert "unsafe" not in str(policy(client.get("/cms/")))
    client.force_login(pages.editor())
    found = policy(client.get("/cms/"))
    assert found["script-src"] == "'self' 'unsafe-inline'"
    assert found["default-src"] == "'none'"
    assert found["frame-ancestors"] == "'self'"
    assert "unsafe" not in str(policy(client.get("/")))


PRODUCTION = """
from django.conf import settings as s
assert s.SECURE_HSTS_SECONDS >= 31536000 and s.SECURE_HSTS_INCLUDE_SUBDOMAINS
assert s.SECURE_SSL_REDIRECT and s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE
assert s.SESSION_COOKIE_HTTPONLY and s.CSRF_COOKIE_HTTPONLY and s.SESSION_COOKIE_SAMESITE == "Lax"
assert s.SESSION_COOKIE_NAME.startswith("__Host-") and s.CSRF_COOKIE_NAME.startswith("__Host-")
assert not s.DEBUG and not s.DEMO
"""


def test_production_asks_for_https_and_guards_its_cookies() -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "civic.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "REGISTRY_HMAC_KEY": secrets.token_urlsafe(48),
        "BALLOT_HMAC_KEY": secrets.token_urlsafe(48),
        "MFA_ENCRYPTION_KEY": secrets.token_urlsafe(48),
        "LEDGER_SIGNING_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "exchange.example",
        "SITE_URL": "https://exchange.example",
        "EMAIL_URL": "smtp://localhost",
        "DATABASE_URL": "postgres:///nowhere",
        "REDIS_URL": "redis://localhost",
    }
    ran = subprocess.run(
        [sys.executable, "-c", PRODUCTION],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()


def test_a_signed_in_cookie_is_guarded(client: Client) -> None:
    person = accounts.person()
    signed_in = client.post("/accounts/login/", {"login": person.email, "password": accounts.PASSWORD})
    cookie = signed_in.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
