"""Django's settings, all worked out from the environment that `haven.environment` has read."""

from importlib.util import find_spec
from pathlib import Path

from haven import environment
from haven.jobs import keys, logs
from haven.jobs.database import as_django

ENVIRONMENT = environment.read()

DEBUG = False
SECRET_KEY = keys.signing_key(ENVIRONMENT.key_file)
HAVEN_KEY_FILE = ENVIRONMENT.key_file
HAVEN_DATA = ENVIRONMENT.data
HAVEN_PUBLIC_URL = ENVIRONMENT.public_url
HAVEN_DEMONSTRATION = ENVIRONMENT.demonstration
HAVEN_PROXIES = ENVIRONMENT.proxies
HAVEN_VISIT_MINUTES = ENVIRONMENT.visit_minutes

# The parts, from the ground upwards; a part that has not been built yet is left out.
PARTS = [
    "kernel",
    "policy",
    "trail",
    "accounts",
    "homes",
    "partners",
    "people",
    "reports",
    "evidence",
    "cases",
    "risk",
    "confidentiality",
    "correspondence",
    "interventions",
    "support",
    "obligations",
    "insight",
    "web",
    "jobs",
    "demo",
]
INSTALLED_APPS = [
    *(f"haven.{part}" for part in PARTS if find_spec(f"haven.{part}")),
    "pgtrigger",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "haven.web.staff.sessions.SessionClock",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "haven.urls"
WSGI_APPLICATION = "haven.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((Path(__file__).parent / "web").glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "haven.web.staff.context.staff",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Databases: `default` serves people, `owner` migrates (ADR and docs/reference/environment.md).
DATABASES = {
    "default": as_django(ENVIRONMENT.database_url, pool=ENVIRONMENT.database_pool),
    **({"owner": as_django(ENVIRONMENT.database_owner_url)} if ENVIRONMENT.database_owner_url else {}),
}

# Words and times
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("ar", "العربية")]
LOCALE_PATHS = [Path(__file__).parent / "web" / "public" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# Styles and scripts: built by `make`, never committed, served by whitenoise
STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parent.parent / "build" / "static"]
STATIC_ROOT = None
HAVEN_FONTS = Path(__file__).parent.parent / "build" / "static" / "web" / "fonts"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# What a browser may do
SELF, NONE = "'self'", "'none'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # no other site learns anything; "no-referrer" makes Chromium post Origin: null
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000 if ENVIRONMENT.is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.is_https else None
ALLOWED_HOSTS = sorted({ENVIRONMENT.public_host, "127.0.0.1", "localhost", "[::1]"})
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url]

# Cookies: neutral names, nothing that says what the site is about
SESSION_COOKIE_SECURE = ENVIRONMENT.is_https
CSRF_COOKIE_NAME = "token"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "haven.web.public.errors.not_from_us"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
LANGUAGE_COOKIE_NAME = "words"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.is_https

# A person's own words may be 1,000,000 characters of up to four bytes, each byte escaped as three.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 100

# Files come into memory, bounded, and are sealed before they touch a disk
FILE_UPLOAD_HANDLERS = ["haven.evidence.uploads.MemoryOnly"]
HAVEN_CLAMD = ENVIRONMENT.clamd

# Mail: to the landlord's own server; the fictional landlord's goes into a folder, and without either none is sent
SMTP = ENVIRONMENT.smtp
EMAIL_FILE_PATH = ENVIRONMENT.data / "mail"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if SMTP
    else "django.core.mail.backends.filebased.EmailBackend" if ENVIRONMENT.demonstration else ""
)
if SMTP:
    EMAIL_HOST, EMAIL_PORT = SMTP.host, SMTP.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP.user, SMTP.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = SMTP.is_tls, not SMTP.is_tls and not SMTP.is_plain
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from

LOGGING_CONFIG = None
logs.configure(ENVIRONMENT.log_level)

# Queue: procrastinate finds tasks in haven/jobs/tasks
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["haven.jobs.tasks"] if find_spec("haven.jobs.tasks") else []

# ---- Sign-in (allauth): kept by whoever keeps haven/web/staff ------------------------------------------
from haven.web.staff.configuration import *  # noqa: E402, F403
# ---- End of sign-in ------------------------------------------------------------------------------------------
