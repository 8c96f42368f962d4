"""What every installation shares. Values that differ come from the environment."""

from importlib.util import find_spec

from django.utils.translation import gettext_lazy as _

from civic import embedded
from civic.settings import money
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
    "marketplace.payouts",
    "marketplace.payments",
    "marketplace.ledger",
    "projects.delivery",
    "projects.contributions",
    "projects.voting",
    "projects.discussion",
    "projects.proposals",
    "projects.calls",
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
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 15 * 60
# Above the longest task: a task whose worker was killed comes back after this long.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 20 * 60, "unacked_restore_interval": 1}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"  # without it TIME_ZONE counts
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 2
# What the clock starts, and every how many seconds.
CLOCK = {
    "deliver events": ("civic.core.tasks.deliver_events", 2),
    "seal events": ("civic.core.tasks.seal_events", 3600),
    "count numbers": ("civic.pages.tasks.count_numbers", 60),
    "run commands": ("marketplace.payments.tasks.run_commands", 2),
    "close campaigns": ("marketplace.campaigns.tasks.close_due", 10),
    "collect pledges": ("marketplace.campaigns.tasks.collect_due", 10),
    "settle campaigns": ("marketplace.campaigns.tasks.settle_due", 10),
    "give pledges back": ("marketplace.campaigns.tasks.give_back_due", 10),
    "remind of pledges": ("marketplace.campaigns.tasks.remind_due", 3600),
    "recount campaigns": ("marketplace.campaigns.tasks.recount", 86400),
    "end match funds": ("marketplace.matching.tasks.end_due", 60),
    "plan rests": ("marketplace.payouts.tasks.plan_rests", 86400),
    "estimate matches": ("marketplace.matching.tasks.estimate", 600),
    "process webhooks": ("marketplace.payments.tasks.process_webhooks", 2),
    "mirror stripe": ("marketplace.payments.tasks.mirror_messages", 30),
    "refresh unfinished payments": ("marketplace.payments.tasks.refresh_unfinished", 3600),
    "reconcile": ("marketplace.payments.tasks.reconcile", 3600),
    "remind of disputes": ("marketplace.payments.tasks.remind_of_disputes", 3600),
    "link ledger entries": ("marketplace.ledger.tasks.link_entries", 10),
    "close ledger day": ("marketplace.ledger.tasks.close_day", 3600),
    "take checkpoints": ("marketplace.ledger.tasks.take_checkpoints", 600),
    "recount ledger": ("marketplace.ledger.tasks.recount", 86400),
    "lapse sponsorships": ("marketplace.sponsorship.tasks.lapse_sponsorships", 3600),
    "remind of invoices": ("marketplace.invoicing.tasks.remind_of_invoices", 3600),
    "keep polls": ("projects.voting.tasks.keep_polls", 60),
    "make mails": ("civic.notifications.tasks.make_mails", 10),
    "send mails": ("civic.accounts.mail.send_mails", 10),
    "make digests": ("civic.notifications.tasks.make_digests", 600),
    "announce voting": ("projects.discussion.tasks.announce_voting", 300),
    "recount discussions": ("projects.discussion.tasks.recount", 86400),
    "forget old news": ("civic.notifications.tasks.forget_old_news", 86400),
    "expire residencies": ("civic.accounts.tasks.expire_residencies", 3600),
    "end staff invitations": ("civic.accounts.tasks.end_staff_invitations", 3600),
    "erase accounts": ("civic.accounts.tasks.erase_due", 3600),
    "count support": ("projects.proposals.tasks.roll_up_support", 5),
    "recount support": ("projects.proposals.tasks.recount_support", 86400),
    "tell of rows put off": ("civic.accounts.tasks.tell_of_put_off", 3600),
    "drop exports": ("civic.accounts.tasks.drop_exports", 3600),
}
CELERY_BEAT_SCHEDULE = {
    name: {
        "task": task,
        "schedule": float(seconds),
        # What no worker has begun when the next one is due is not done twice: workers that come back after an hour
        # would find thousands. A minute at least, so that a busy one still gets to what comes every few seconds.
        "options": {"expire_seconds": max(seconds, 60)},
    }
    for name, (task, seconds) in CLOCK.items()
}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "civic.accounts.passwords.WordWithNumberValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:me"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_ADAPTER = "civic.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "civic.accounts.allauth_forms.LoginForm",
    "signup": "civic.accounts.allauth_forms.SignupForm",
    "reset_password": "civic.accounts.allauth_forms.ResetPasswordForm",
    "change_password": "civic.accounts.allauth_forms.ChangePasswordForm",
    "reset_password_from_key": "civic.accounts.allauth_forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Who finds an open session takes no account over with it: each change of a way in asks for the password again, and is
# told to every address of the person (ASVS 7.5.1).
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "civic.accounts.reset_tokens.ResetTokens"  # noqa: S105
MFA_ADAPTER = "civic.accounts.adapter.MFAAdapter"
MFA_TOTP_ISSUER = "Civic Exchange"
# How many proxies of ours stand in front and write X-Forwarded-For; 0 ignores that header.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
# Council staff are residents in a session that has not passed the second step.
STAFF_MFA_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
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
BANK_DETAILS_WAIT_DAYS = env.int("BANK_DETAILS_WAIT_DAYS", 7)
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
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Bounds of what one request may bring: pictures are the largest thing a resident sends.
PICTURE_MAX_BYTES = 10 * 1024 * 1024
PICTURE_MAX_PIXELS = 40_000_000
# Of a picture that has to be in memory as a whole to be made smaller: PNG, WebP, progressive JPEG.
PICTURE_MAX_PIXELS_WHOLE = 16_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# So many people may ask for letters with codes to one address; who comes after them goes to the service desk.
LETTERS_PER_ADDRESS = env.int("LETTERS_PER_ADDRESS", 4)

WAGTAIL_SITE_NAME = "Civic Exchange"
# The function that knows the name and accent colour of letters: what editors have set.
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
        "CallState": "projects.calls.states.CallState",
        "ProjectState": "projects.proposals.states.ProjectState",
        "CampaignState": "marketplace.campaigns.states.CampaignState",
        "CampaignRule": "marketplace.campaigns.models.Campaign.Rule",
        "MatchFundState": "marketplace.matching.states.MatchFundState",
        "MatchFundRule": "marketplace.matching.models.MatchFund.Rule",
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
