"""Django's settings, all from the environment (`environment.py` documents each)."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from townhall.config.databases import database, replica
from townhall.config.modules import DEMO_MODULES, MODULES, outside_modules
from townhall.launch import environment

DEBUG = environment.flag("TOWNHALL_DEBUG")
SECRET_KEY = environment.secret_key()
TOWNHALL_DEMO = environment.flag("TOWNHALL_DEMO")
TOWNHALL_HOME: Path = environment.home()
TOWNHALL_CLOCK_OFFSET = (
    timedelta(seconds=environment.whole("TOWNHALL_CLOCK_OFFSET")) if environment.flag("TOWNHALL_CHAOS") else timedelta()
)
TOWNHALL_URL = environment.text("TOWNHALL_URL").rstrip("/")
TOWNHALL_PROXIES = environment.number("TOWNHALL_PROXIES")
TOWNHALL_PRIVATE_HOSTS = {
    host.strip() for host in environment.text("TOWNHALL_PRIVATE_HOSTS").split(",") if host.strip()
}
TOWNHALL_PRIVATE_HOSTS |= {"localhost", "127.0.0.1"} if TOWNHALL_DEMO else set()
ALLOWED_HOSTS = [host.strip() for host in environment.text("TOWNHALL_HOSTS").split(",")]

INSTALLED_APPS = [
    *MODULES,
    *(DEMO_MODULES if TOWNHALL_DEMO else []),
    *outside_modules(),
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "townhall.config.middleware.Observed",
    "townhall.config.middleware.Addresses",
    "townhall.config.compression.Compressed",
    "townhall.kernel.modules.databases.OwnWrites",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "townhall.kernel.design.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "townhall.config.middleware.NoZeroBytes",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "townhall.kernel.identity.middleware.Sessions",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "townhall.kernel.design.middleware.ContentSecurity",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "townhall.config.urls"
WSGI_APPLICATION = "townhall.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "townhall.kernel.design.jinja.DesignTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"environment": "townhall.kernel.design.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
DATABASES = {"default": database(environment.text("DATABASE_URL") or "postgresql:///townhall")}
TOWNHALL_DIRECT = database(environment.text("DATABASE_DIRECT_URL")) if environment.text("DATABASE_DIRECT_URL") else None
if TOWNHALL_DIRECT:
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
if environment.text("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = replica(environment.text("DATABASE_REPLICA_URL"))
DATABASE_ROUTERS = ["townhall.kernel.modules.databases.Router"]
TOWNHALL_REPLICA_LAG = environment.number("TOWNHALL_REPLICA_LAG")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "identity_cache", "TIMEOUT": 3600,
    },
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_USER_MODEL = "identity.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "identity:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "townhall.kernel.identity.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "townhall.kernel.identity.adapters.StaffDirectoryAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = TOWNHALL_PROXIES
MFA_ADAPTER = "townhall.kernel.identity.adapters.FactorsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not environment.flag("TOWNHALL_HTTPS")
TOWNHALL_PAYMENTS = environment.text("TOWNHALL_PAYMENTS") or ("sandbox" if TOWNHALL_DEMO else "")
TOWNHALL_OIDC = environment.text("TOWNHALL_OIDC")
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_CALLABLE = "townhall.kernel.identity.lockout.locked_out"
AXES_USERNAME_FORM_FIELD = "email"
AXES_CLIENT_IP_CALLABLE = "townhall.kernel.identity.actions.signing_in.came_from"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "townhall.kernel.design.formats"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 24
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

_https = environment.flag("TOWNHALL_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = f"townhall_{urlsplit(TOWNHALL_URL).port or 443}"
CSRF_COOKIE_NAME = f"{SESSION_COOKIE_NAME}_csrf"
SESSION_COOKIE_AGE = environment.number("TOWNHALL_SIGNED_IN_MINUTES") * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "townhall.kernel.design.views.stale_form"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TOWNHALL_PROXIES else None
X_FRAME_OPTIONS = "DENY"

EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = TOWNHALL_MAIL_FROM = environment.text("TOWNHALL_MAIL_FROM")
TOWNHALL_SMTP_URL = environment.text("TOWNHALL_SMTP_URL")
TOWNHALL_NOTIFY_KEY = environment.text("TOWNHALL_NOTIFY_KEY")
TOWNHALL_NOTIFY_URL = environment.text("TOWNHALL_NOTIFY_URL")
TOWNHALL_NOTIFY_TEMPLATES = environment.text("TOWNHALL_NOTIFY_TEMPLATES")
TOWNHALL_NOTIFY_TOKEN = environment.text("TOWNHALL_NOTIFY_TOKEN")
TOWNHALL_S3_BUCKET = environment.text("TOWNHALL_S3_BUCKET")
TOWNHALL_S3_URL = environment.text("TOWNHALL_S3_URL")
TOWNHALL_SCANNER = environment.text("TOWNHALL_SCANNER")
SILENCED_SYSTEM_CHECKS = ["auth.W004", "security.W004", "security.W008", "security.W012", "security.W016"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "townhall.config.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("TOWNHALL_LOG_LEVEL", "WARNING")},
    "loggers": {"townhall": {"level": "INFO"}, "django.request": {"level": "ERROR"}, "axes": {"level": "CRITICAL"}},
}
