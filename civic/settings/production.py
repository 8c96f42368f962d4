"""A city's installation: everything comes from the environment and nothing is guessed."""

from civic.settings.base import *  # noqa: F403
from civic.settings.environment import email, env, required, required_secret

SECRET_KEY = required_secret("SECRET_KEY")
REGISTRY_HMAC_KEY = required_secret("REGISTRY_HMAC_KEY")
BALLOT_HMAC_KEY = required_secret("BALLOT_HMAC_KEY")
MFA_ENCRYPTION_KEY = required_secret("MFA_ENCRYPTION_KEY")
LEDGER_SIGNING_KEY = required_secret("LEDGER_SIGNING_KEY")
ALLOWED_HOSTS = required("ALLOWED_HOSTS").split(",")
SITE_URL = required("SITE_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = SITE_URL
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"

globals().update(email(required("EMAIL_URL")))
