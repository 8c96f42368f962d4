"""What every installation shares. Values that differ come from the environment."""

from importlib.util import find_spec

from django.utils.translation import gettext_lazy as _

from civic import embedded
from civic.settings import money
from civic.settings.clock import *  # noqa: F403
from civic.settings.environment import (
    BASE_DIR,
    MAIL_TIMEOUT,
    celery_broker,
    data_dir,
    database,
    env,
    redis,
    secret,
)
from civic.settings.sign_in import *  # noqa: F403

DATA_DIR = data_dir()
DEBUG = False
DEMO = False
SECRET_KEY = secret("SECRET_KEY")
# Keys of their own, so that one leak or rotation does not touch the others.
REGISTRY_HMAC_KEY = secret("REGISTRY_HMAC_KEY")
BALLOT_HMAC_KEY = secret("BALLOT_HMAC_KEY")
MFA_ENCRYPTION_KEY = secret("MFA_ENCRYPTION_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "civic.pages",
    "marketplace.invoicing",
    "marketplace.campaigns",
    # Match funds lock their rows before the ledger; sponsors write to the ledger: in this order at a campaign's end.
    "marketplace.matching",
    "marketplace.sponsorship",
    "marketplace.exchange",
    "marketplace.payouts",
    "marketplace.payments",
    "marketplace.ledger",
    "projects.delivery",
    "projects.contributions",
    "projects.voting",
    "projects.discussion",
    "projects.proposals",
    "projects.calls",
    "datasets.analytics",
    "datasets.consent",
    "datasets.reuses",
    "datasets.access",
    "datasets.catalogue",
    "civic.notifications",
    "civic.accounts",
    "civic.core",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
    "csp",
    "django_celery_beat",
    "djstripe",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "civic.core.middleware.PermissionsPolicyMiddleware",
    "civic.core.middleware.FrontCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "civic.pages.csp.EditorsPolicy",
    "allauth.account.middleware.AccountMiddleware",
    "civic.accounts.middleware.StaffMFAMiddleware",
    "civic.accounts.middleware.ReauthenticationMiddleware",
    "civic.core.middleware.KeptFormsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "civic.core.middleware.AccessMiddleware",
    "civic.core.middleware.RefusalMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

SESSION_ENGINE = "civic.core.sessions"

ROOT_URLCONF = "civic.urls"
WSGI_APPLICATION = "civic.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "civic.pages.context.site",
                "civic.notifications.context.unread",
            ],
            "builtins": ["civic.core.templatetags.site"],
        },
    }
]
FORM_RENDERER = "civic.core.forms.Renderer"

DATABASES = {"default": database(env.str("DATABASE_URL", "") or embedded.database_url(DATA_DIR))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = redis(env.str("REDIS_URL", "") or embedded.redis_url(DATA_DIR))
CACHES = {"default": {"BACKEND": "civic.core.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}}

CELERY_BROKER_URL = celery_broker(REDIS_URL)

# How many proxies of ours stand in front and write X-Forwarded-For; 0 ignores that header.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_URL.startswith("https") else "http"

# Django's defaults hold for the rest: HttpOnly sessions with SameSite=Lax, nosniff, same-origin referrers and openers,
# no frames.
CSRF_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# Without a key the Stripe provider is off and says so; keys of its test mode pay into the book `test`.
STRIPE_SECRET_KEY = money.stripe_key()
STRIPE_WEBHOOK_SECRET = money.webhook_secret(STRIPE_SECRET_KEY)
# dj-stripe keeps a mirror of Stripe's objects for finance officers to read; nothing of ours points into it.
DJSTRIPE_FOREIGN_KEY_TO_FIELD = "id"
STRIPE_API_VERSION = "2026-08-26.dahlia"
STRIPE_API_BASE = env.str("STRIPE_API_BASE", "")  # another address than Stripe's own: its twin in the tests
# The account that bank transfers go to; without one, bank transfer is off.
BANK_ACCOUNT = money.bank_account()
BANK_HOLDER = money.bank_holder(BANK_ACCOUNT)
BANK_BOOK = "live"
# A checked sponsor has so long to accept the terms; an overdue invoice is reminded of so many days after its day.
SPONSOR_CONTRACT_DAYS = env.int("SPONSOR_CONTRACT_DAYS", 14)
REMINDER_DAYS: list[int] = env.list("REMINDER_DAYS", [3, 14, 28], subcast=int)
# An accepted milestone's money waits so many days before it may leave, and a new bank account before it is used.
PAYOUT_WINDOW_DAYS = env.int("PAYOUT_WINDOW_DAYS", 7)
BANK_DETAILS_WAIT_DAYS = max(7, env.int("BANK_DETAILS_WAIT_DAYS", 7))  # the database holds seven
# From this many euros (or other major units) on, two people approve a payout that a third requested.
PAYOUT_TWO_APPROVALS_FROM = env.int("PAYOUT_TWO_APPROVALS_FROM", 10_000)
# The provider that sends payouts.
PAYOUT_PROVIDER = "bank"
# The book whose entries /money/ shows and exports.
LEDGER_BOOK = "live"
# Signs the daily roots; whoever kept the public key can tell ours from a forger's.
LEDGER_SIGNING_KEY = secret("LEDGER_SIGNING_KEY")
ROOTS_DIR = DATA_DIR / "roots"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["civic.formats"]
TIME_ZONE = env.str("TIME_ZONE", "Europe/Berlin")
CURRENCY = env.str("CURRENCY", "EUR")

STATIC_URL = "/static/"
# django-leaflet as an app needs GDAL; only the Leaflet files that it ships are used.
LEAFLET = next(iter(find_spec("leaflet").submodule_search_locations or []))  # type: ignore[union-attr]
STATICFILES_DIRS = [BASE_DIR / "static", ("leaflet", f"{LEAFLET}/static/leaflet")]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Where files are made before they are put into the storage; on the same disk, so that they can be renamed into it.
WORK_DIR = DATA_DIR / "work"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Where the bytes of an upload lie that comes in parts; on the same disk, too. What is in it is of uploads under way.
RECEIVING_DIR = DATA_DIR / "receiving"
# Bounds of what one request may bring: pictures are the largest thing a resident sends.
PICTURE_MAX_BYTES = 10 * 1024 * 1024
PICTURE_MAX_PIXELS = 40_000_000
# Of a picture that has to be in memory as a whole to be made smaller: PNG, WebP, progressive JPEG.
PICTURE_MAX_PIXELS_WHOLE = 16_000_000
# The largest file that becomes a dataset by a plain form.
UPLOAD_MAX_BYTES = 100 * 1024 * 1024
# The largest one that comes in parts, and what all files under way of one organisation may come to.
RESUMABLE_MAX_BYTES = 2 * 1024**3
# So many bytes a page sends in one request: a server in front of the site lets 12 MB through.
RESUMABLE_PART_BYTES = 8 * 1024 * 1024
# What is put aside, beside all quotas, until its checksum is known.
RESUMABLE_CHECKED_BYTES = 64 * 1024 * 1024
UPLOAD_QUOTA_BYTES = env.int("UPLOAD_QUOTA_GB", 10) * 1024**3
# A download is asked again after so many bytes whether its reader still may (datasets.catalogue.permissions).
DOWNLOAD_CHECK_BYTES = 64 * 1024 * 1024
# Each file that was uploaded is read in a process of its own, with bounds (datasets.catalogue.reading_process).
READ_FILES_APART = True
# Machines that may be asked though they are not public or are on another port, as HOST:PORT (civic.core.outgoing).
OUTGOING_ALSO: list[str] = env.list("OUTGOING_ALSO", [])
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# So many people may ask for letters with codes to one address; who comes after them goes to the service desk.
LETTERS_PER_ADDRESS = env.int("LETTERS_PER_ADDRESS", 4)

WAGTAIL_SITE_NAME = "Civic Exchange"
# The function that knows what letters show of the site: name, accent colour, and the address for questions.
SITE_IDENTITY = "civic.pages.look.identity"
WAGTAILADMIN_BASE_URL = SITE_URL
# Sign-in, passwords and the second factor are allauth's alone.
# Our own door: it also stops who is signed in and may not come in.
WAGTAILADMIN_LOGIN_URL = "/cms/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = PICTURE_MAX_BYTES
WAGTAILIMAGES_MAX_IMAGE_PIXELS = PICTURE_MAX_PIXELS
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # every document is a download
WAGTAILDOCS_DOCUMENT_FORM_BASE = "civic.pages.documents.DocumentForm"
DOCUMENT_MAX_BYTES = 25 * 1024 * 1024

# Addresses of map tiles (`{z}/{x}/{y}`); empty draws the city's own district map instead.
MAP_TILE_URL = env.str("MAP_TILE_URL", "")
MAP_TILE_ATTRIBUTION = env.str("MAP_TILE_ATTRIBUTION", "")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["civic.core.access.DeclaredAccess"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["civic.core.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "civic.core.paging.KeysetPagination",
    "EXCEPTION_HANDLER": "civic.core.problems.exception_handler",
    "PAGE_SIZE": 50,
    # `?format=` is a filter of datasets; there is one way in which answers are written.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Civic Exchange API",
    "DESCRIPTION": "Calls, projects and results as open data; your own ballots when signed in.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["civic.core.problems.only_our_api"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "civic.core.problems.document_problems",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "ThemeEnum": "projects.proposals.models.Theme",
        "FrequencyEnum": "marketplace.campaigns.models.Pledge.Frequency",
        "DataTheme": "datasets.catalogue.vocabularies.Theme",
        "DataFrequency": "datasets.catalogue.vocabularies.Frequency",
        "CallState": "projects.calls.states.CallState",
        "ProjectState": "projects.proposals.states.ProjectState",
        "CampaignState": "marketplace.campaigns.states.CampaignState",
        "CampaignRule": "marketplace.campaigns.models.Campaign.Rule",
        "MatchFundState": "marketplace.matching.states.MatchFundState",
        "MatchFundRule": "marketplace.matching.models.MatchFund.Rule",
        "AccessRequestState": "datasets.access.states.RequestState",
        "ReuseKind": "datasets.reuses.models.Kind",
        "GrantState": "datasets.access.states.GrantState",
        "DataNeedState": "marketplace.exchange.states.NeedState",
        "DataOfferState": "marketplace.exchange.states.OfferState",
    },
}

# What any library sends waits in the outbox; the worker sends it by the other backend, which alone knows a mail server.
EMAIL_BACKEND = "civic.accounts.mail.Backend"
MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = MAIL_TIMEOUT
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Civic Exchange <exchange@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    # Two lines for each page that is saved, or one for each call to Stripe, say nothing.
    "loggers": {"django_tasks": {"level": "WARNING"}, "stripe": {"level": "WARNING"}},
}
