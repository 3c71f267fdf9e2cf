"""One settings file; what differs by place comes from the environment, and a wrong value stops the start."""

import os
from pathlib import Path

from indgang.foundation.runtime.patience import PatientConnection
from indgang.foundation.runtime.settings_env import (
    app_url,
    database_from_url,
    email_from_url,
    flag,
    outside_system,
    port,
    secret,
    storage_of_files,
)

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("INDGANG_DATA") or ROOT / "var").resolve()
INDGANG_PORT = port("INDGANG_PORT", 8000)
INDGANG_DEMO = flag("INDGANG_DEMO", default=False)
INDGANG_PROFILE = os.environ.get("INDGANG_PROFILE", "copenhagen")
INDGANG_PROFILES = ROOT / "profiles"
INDGANG_LIVE_URL = os.environ.get("INDGANG_LIVE_URL", "")
INDGANG_CLOCK = os.environ.get("INDGANG_CLOCK", "")

DEBUG = False
SECRET_KEY = secret(DATA / "secrets" / "django")
ALLOWED_HOSTS = [h for h in os.environ.get("INDGANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
# Addresses of our own proxies; only what they say of a caller's address and scheme is believed.
INDGANG_PROXIES = frozenset(p.strip() for p in os.environ.get("INDGANG_PROXIES", "").split(",") if p.strip())
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("INDGANG_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "indgang.foundation.runtime",
    "indgang.foundation.web",
    "indgang.foundation.journal",
    "indgang.foundation.letters",
    "indgang.foundation.access",
    "indgang.foundation.registers",
    "indgang.core.organisation",
    "indgang.core.catalogue",
    "indgang.core.citizens",
    "indgang.core.cases",
    "indgang.core.contacts",
    "indgang.core.routing",
    "indgang.entrances.site",
    "indgang.entrances.webform",
    "indgang.entrances.mail",
    "indgang.desks.workplace",
    "indgang.desks.portal",
    "indgang.desks.insight",
    "indgang.desks.planning",
    "indgang.desks.administration",
    "indgang.assembly",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "indgang.foundation.web.middleware.behind_proxy",
    "indgang.foundation.web.middleware.observed",
    "django.middleware.security.SecurityMiddleware",
    "indgang.foundation.web.middleware.content_security_policy",
    "indgang.foundation.web.middleware.in_order",
    "indgang.foundation.web.middleware.database_gone",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "indgang.foundation.web.middleware.domain_errors",
    "indgang.core.organisation.middleware.viewer",
]
ROOT_URLCONF = "indgang.assembly.urls"
WSGI_APPLICATION = "indgang.assembly.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "indgang.foundation.web.context.page",
            ],
            "builtins": [
                "indgang.foundation.web.template_addresses",
                "indgang.foundation.web.template_dates",
            ],
            "libraries": {
                "i18n": "indgang.foundation.web.template_words",
                "static": "indgang.foundation.web.template_addresses",
            },
        },
    },
]

SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # our libraries of words and addresses stand before Django's, on purpose

# The app role runs; the owner role migrates (INDGANG_DB_ROLE=owner, set by the command line for that one step).
_url = "DATABASE_OWNER_URL" if os.environ.get("INDGANG_DB_ROLE") == "owner" else "DATABASE_URL"
APP_DATABASE_URL = app_url(os.environ.get("DATABASE_URL", ""), DATA)
_database = database_from_url(os.environ.get(_url, ""), DATA)
_pool: dict[str, object] = {"min_size": 1, "max_size": int(os.environ.get("INDGANG_DB_POOL", "8")), "timeout": 2}
_pool["reconnect_timeout"] = 2  # then whoever comes next tries anew; the pool's own pauses grow to minutes
if PatientConnection.patience:
    _pool["connection_class"] = PatientConnection
DATABASES = {
    # Bound and prepared on the server: about half the database's time for a page, which is many small statements.
    "default": {
        **_database,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": _pool, "server_side_binding": True, "prepare_threshold": 5},
    },
    # The access log commits on its own connection before protected data is read.
    "accesslog": {
        **_database,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {**_pool}, "server_side_binding": True, "prepare_threshold": 5},
    },
}
DATABASE_ROUTERS = ["indgang.foundation.access.router.AccessLogRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "runtime_cache"}}

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["indgang.foundation.access.backend.LockOutBackend"]
# The employees' common login (OpenID Connect); the demo town has a provider of its own.
INDGANG_OIDC_URL = os.environ.get(
    "INDGANG_OIDC_URL", f"http://127.0.0.1:{INDGANG_PORT + 3}" if INDGANG_DEMO else ""
).rstrip("/")
INDGANG_OIDC_CLIENT = os.environ.get("INDGANG_OIDC_CLIENT", "indgang")
INDGANG_OIDC_SECRET = os.environ.get("INDGANG_OIDC_SECRET", "indgang-demo" if INDGANG_DEMO else "")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/log-ind"
LOGIN_REDIRECT_URL = "/arbejdsplads"
LOGOUT_REDIRECT_URL = "/"

INDGANG_WEB_ROOM = os.environ.get("INDGANG_WEB_ROOM", "")  # "2+60+8": at once, waiting, files that arrive
SESSION_ENGINE = "indgang.foundation.web.session_store"
SESSION_COOKIE_NAME = "indgang_staff"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = flag("INDGANG_HTTPS", default=False)
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "indgang_csrf"
CSRF_FAILURE_VIEW = "indgang.foundation.web.error_pages.csrf_failure"
LANGUAGE_COOKIE_NAME = "indgang_sprog"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "indgang.foundation.web.uploads.ToOurDisk",
]

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "static-built"
STATICFILES_DIRS = [
    ("dkfds", ROOT / "node_modules" / "dkfds" / "dist"),
    ("htmx", ROOT / "node_modules" / "htmx.org" / "dist"),
]
FILES_ROOT = DATA / "files"
FILES_LARGEST = 600 * 1024 * 1024  # a document may have 500 MB; it is never held in memory as a whole
STORAGES = {
    "default": storage_of_files(),
    "files": storage_of_files(),  # named by the sha256 of their content; see runtime.files
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LETTER_FONTS = ROOT / "node_modules" / "dkfds" / "dist" / "fonts" / "IBMPlexSans" / "complete" / "ttf"

EMAIL = email_from_url(os.environ.get("EMAIL_URL", f"smtp://127.0.0.1:{INDGANG_PORT + 26}"))
MUNICIPALITY_MAIL = os.environ.get("INDGANG_MAIL", "kontakt@indgang.example")
# The printer that prints and posts letters; the simulator unless another is named.
PRINT_URL = os.environ.get("INDGANG_PRINT_URL", f"http://127.0.0.1:{INDGANG_PORT + 4}").rstrip("/")
# The scanner that looks through files for malware (clamd's protocol); none: files are marked as not scanned.
SCANNER_URL = os.environ.get("INDGANG_SCANNER_URL", f"clamd://127.0.0.1:{INDGANG_PORT + 7}" if INDGANG_DEMO else "")
# Registers that are asked about citizens: address, bearer key, certificates; the simulators where this is a demo.
REGISTERS = {
    name: outside_system(f"INDGANG_{name.upper()}", f"http://127.0.0.1:{INDGANG_PORT + offset}" if INDGANG_DEMO else "")
    for name, offset in (("cpr", 5), ("income", 6))
}
PUBLIC_URL = os.environ.get("INDGANG_PUBLIC_URL", f"http://127.0.0.1:{INDGANG_PORT}").rstrip("/")

LOGGING_CONFIG = "indgang.foundation.runtime.logs.configure"
LOGGING: dict[str, object] = {"version": 1}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
