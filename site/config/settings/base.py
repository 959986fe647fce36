"""What every environment shares. Defaults are the secure ones; other files only loosen them or name the place.

Every environment variable read here has a row in docs/settings.md.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.env import database, env, env_bool, env_int, env_list

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(env("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = False
DEMO = False  # only config.settings.demo, dev and test accept the demo's accounts
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
SITE_ADDRESS = env("SITE_ADDRESS", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    # The order decides whose templates win: ours, then the libraries'.
    "hearings",
    "knowledge",
    "news",
    "search",
    "home",
    "accounts",
    "notifications",
    "geography",
    "core",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "accounts.apps.UsersAdminConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "core.admin_search_app.AdminSearchConfig",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "accounts.identity",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages travel compressed even without a proxy; Django pads them against guessing secrets by length.
    "django.middleware.gzip.GZipMiddleware",
    "core.middleware.ContentSecurityPolicyMiddleware",
    "core.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.middleware.BadInputMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.StaffSecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "wagtail.contrib.settings.context_processors.settings",
                "core.context_processors.chrome",
            ],
            "builtins": [
                "core.templatetags.ui_tags",
                "core.templatetags.thai_tags",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

# --- Database, cache, background tasks -------------------------------------------------------------------

SQLITE_OPTIONS = {
    # Writers queue instead of failing (measured: 0 lock errors against 323 of 600 with Django's defaults).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;"
    ),
}
DATABASES = {
    "default": database(
        env("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
        sqlite_options=SQLITE_OPTIONS,
        pool_max=env_int("DATABASE_POOL_MAX", 8),
    )
}

CACHE_URL = env("CACHE_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
        if CACHE_URL
        # A cache in process memory would make every rate limit count once per process.
        else {
            "BACKEND": "core.nearby.NearDatabaseCache",
            "LOCATION": "cache",
            # Django's 300 would let a crowd, or a robot, push everybody's rate limits out.
            "OPTIONS": {"MAX_ENTRIES": 50_000},
        }
    ),
    # What every page asks for, for seconds (core.nearby).
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "TIMEOUT": 10,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # Which rendition belongs to a picture: the same in every process, and too dear to ask the database each time.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # Rendered pieces under a digest of everything they show (core.fragments); about 3 KB each.
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
    # The same for whole pages between header and footer, about 60 KB each, and what stands around lists.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

# Keys of the database cache that a process may also keep itself, and for how many seconds.
NEAR_SECONDS = {"wagtail_site_root_paths": 10, "hearings:totals:": 1}

TASKS = {"default": {"BACKEND": "core.queue.Queue"}}

# --- Language, time, digits ------------------------------------------------------------------------------

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
# Our own words first, then our Thai for words of libraries that have none or bad ones.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # /favicon.ico and other names that browsers ask for unasked
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.stylesheets.JoinedStylesheets"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
# Room for 1 MB of Thai text after form encoding, so that the form itself can answer "too long" and keep it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- Security --------------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"
# For old browsers; newer ones go by frame-ancestors, which lets the admin preview pages.
X_FRAME_OPTIONS = "DENY"

# In the session: the cookie policy promises that no further cookie is set.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# How many of our own proxies stand in front; X-Forwarded-For is read only that far (core.ratelimit).
TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXY_COUNT", 0)
# Names of places that are no province, district or subdistrict; a line never breaks inside them (core.names).
KEEP_TOGETHER = env_list("KEEP_TOGETHER")
# Or else everyone behind the proxy would be one visitor for the limits of signing in.
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# Public pages: nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        # The button "confirm who I am" leads on to the provider of identities, if there is one.
        "form-action": [SELF, *env_list("IDENTITY_PROVIDER_ORIGINS")],
        "frame-ancestors": [SELF],
    }
}
# Wagtail's date pickers and rich-text editor need inline code; only the admin's addresses get this.
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
ADMIN_PATHS = ("/admin/", "/django-admin/")

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Sign-in: one door, allauth ---------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:landing"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_email": "accounts.forms.ChangeEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "confirm_email_verification_code": "accounts.forms.ConfirmEmailVerificationCodeForm",
    "confirm_password_reset_code": "accounts.forms.ConfirmPasswordResetCodeForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
}
MFA_TOTP_ISSUER = "Prachakhom"
# Confirming who one is (docs/accounts.md): an OpenID Connect provider such as ThaID; none as long as no id is set.
SOCIALACCOUNT_ADAPTER = "accounts.identity.adapter.IdentityAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
IDENTITY_PROVIDER = env("IDENTITY_PROVIDER")
IDENTITY_PROVIDER_NAME = env("IDENTITY_PROVIDER_NAME", IDENTITY_PROVIDER)
IDENTITY_PROVIDER_URL = env("IDENTITY_PROVIDER_URL")
# Whose confirmation counts; the one above, and others an office had before.
IDENTITY_PROVIDERS = env_list("IDENTITY_PROVIDERS", IDENTITY_PROVIDER)
# How surely the provider must know the person: the claim that says so, and the values that are enough; none = any.
IDENTITY_LEVEL_CLAIM = env("IDENTITY_LEVEL_CLAIM", "acr")
IDENTITY_LEVELS = env_list("IDENTITY_LEVELS")
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": IDENTITY_PROVIDER,
                "name": IDENTITY_PROVIDER_NAME,
                "client_id": env("IDENTITY_CLIENT_ID"),
                "secret": env("IDENTITY_CLIENT_SECRET"),
                "settings": {"server_url": IDENTITY_PROVIDER_URL, "fetch_userinfo": False},
            }
        ]
        if IDENTITY_PROVIDER
        else [],
    }
}
USERSESSIONS_TRACK_ACTIVITY = True
# Staff who may publish must have a second factor; tests and the demo switch this off.
STAFF_SECOND_FACTOR_REQUIRED = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env("EMAIL_USE_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "prachakhom@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Wagtail ---------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "ประชาคม"
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # Thai slugs lose their vowels; core.slugs makes ASCII ones
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False  # nobody types another person's password (docs/accounts.md)
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("th", "ไทย"), ("en", "English")]
WAGTAILIMAGES_IMAGE_MODEL = "core.CustomImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.forms.uploads.CleanImageForm"
# A small file may unfold into more pixels than the machine has memory; 60 million need about 180 MB.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "core.CustomDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.forms.uploads.CheckedDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # core.documents asks who may read; a redirect to the file would not
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # every file is served as an attachment
WAGTAILEMBEDS_RESPONSIVE_HTML = False
TAGGIT_CASE_INSENSITIVE = True
# Wagtail's own search is used in the admin only; readers search through the search app.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.admin_search"}}

# --- Search (docs/search.md) ------------------------------------------------------------------------------

SEARCH_URL = env_list("SEARCH_URL")  # the nodes of Elasticsearch; none: the embedded engine
SEARCH_INDEX = env("SEARCH_INDEX", "prachakhom")
SEARCH_API_KEY = env("SEARCH_API_KEY")
SEARCH_CA_CERTS = env("SEARCH_CA_CERTS")
SEARCH_SHARDS = env_int("SEARCH_SHARDS", 1)
SEARCH_REPLICAS = env("SEARCH_REPLICAS", "0-1")
SEARCH_INDEX_DIR = Path(env("SEARCH_INDEX_DIR", str(VAR_DIR / "search")))
DOCUMENT_PAGES_DIR = Path(env("DOCUMENT_PAGES_DIR", str(VAR_DIR / "pages")))
SEARCH_ENCODER = env_bool("SEARCH_ENCODER")  # "similar" also by meaning; needs the extra ``encoder``
SEARCH_QUESTIONS_DAYS = env_int("SEARCH_QUESTIONS_DAYS", 365)

# --- Hearings: day counts of the law and ours (hearings/rules.py names the clauses) ------------------------

HEARING_MIN_NOTICE_DAYS = env_int("HEARING_MIN_NOTICE_DAYS", 15)
HEARING_MIN_OPEN_DAYS = env_int("HEARING_MIN_OPEN_DAYS", 15)
HEARING_MOST_OPEN_DAYS = env_int("HEARING_MOST_OPEN_DAYS", 400)
HEARING_RESULT_DEADLINE_DAYS = env_int("HEARING_RESULT_DEADLINE_DAYS", 15)
HEARING_CLOSING_SOON_DAYS = env_int("HEARING_CLOSING_SOON_DAYS", 7)
HEARING_RETENTION_DAYS = env_int("HEARING_RETENTION_DAYS", 730)
HEARING_SAVED_FORM_DAYS = env_int("HEARING_SAVED_FORM_DAYS", 30)
HEARING_PAPER_CHECK_EVERY = env_int("HEARING_PAPER_CHECK_EVERY", 10)
HEARING_LONGEST_TEXT = env_int("HEARING_LONGEST_TEXT", 4000)
HEARING_LONGEST_REPLY = env_int("HEARING_LONGEST_REPLY", 2000)
HEARING_MOST_ATTACHMENTS = env_int("HEARING_MOST_ATTACHMENTS", 5)
HEARING_PHOTO_MB = env_int("HEARING_PHOTO_MB", 25)
HEARING_FILE_MB = env_int("HEARING_FILE_MB", 10)
# Leading zero bits a browser has to find before it may send quickly; 0 asks for none (hearings/forms/guards.py).
HEARING_WORK_BITS = env_int("HEARING_WORK_BITS", 0)

# --- Log --------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "INFO")},
    # It writes a line for each question and a page for each that fails; search says itself what did not answer.
    "loggers": {"elastic_transport": {"level": "CRITICAL"}},
}
