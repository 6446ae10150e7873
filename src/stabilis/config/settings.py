"""Settings: one file, read from the environment, safe by default.

Each variable is described in docs/reference/settings.md; none is needed for `make demo`.
"""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

DATA_DIR = Path(os.environ.get("STABILIS_DATA", "var")).resolve()
DEBUG = os.environ.get("STABILIS_DEBUG") == "1"
DEMO = os.environ.get("STABILIS_DEMO") == "1"


def secret_key() -> str:
    """Return the key from the environment, or the one kept beside the embedded database."""
    if key := os.environ.get("STABILIS_SECRET_KEY"):
        return key
    if "STABILIS_DATABASE" in os.environ and not DEBUG and not DEMO:
        raise ImproperlyConfigured(
            "STABILIS_SECRET_KEY is not set. Set it to a long random text: "
            "docs/reference/settings.md."
        )
    kept = DATA_DIR / "secret-key"
    if not kept.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


SECRET_KEY = secret_key()
ALLOWED_HOSTS = os.environ.get("STABILIS_HOSTS", "127.0.0.1,localhost,testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "ninja",
    "stabilis.interface",
    "stabilis.reference",
    "stabilis.evidence",
    "stabilis.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "stabilis.config.urls"
WSGI_APPLICATION = "stabilis.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "stabilis.portal.context.frame",
            ],
            "loaders": [
                "django_cotton.cotton_loader.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "debug": DEBUG,
        },
    }
]

EMBEDDED = f"sqlite:///{DATA_DIR / 'stabilis.sqlite3'}"
DATABASES = {
    "default": dj_database_url.parse(os.environ.get("STABILIS_DATABASE", EMBEDDED), conn_max_age=60)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # One writer, many readers, and a crash that loses nothing: docs/decisions/0008-stores.md.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
        "TIMEOUT": None,
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "interface" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# Collected files are compressed; finders serve a checkout on which nothing was collected yet.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "stabilis.css").exists()

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
    },
}

STABILIS_ENGINE = os.environ.get("STABILIS_ENGINE", "duckdb")
