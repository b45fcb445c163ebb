"""The one settings file. Every value an installation may change is read from the environment, here.

The variables, their defaults and their remedies: docs/adr/0002-one-settings-file.md and docs/deploy/.
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from gongkai.config.databases import tuned
from gongkai.config.environment import Environment
from gongkai.config.secrets import kept, new_key

DEMO, PRODUCTION, TEST = "demo", "production", "test"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
MEBIBYTE = 1024 * 1024

env = Environment(os.environ)

# What kind of installation this is ------------------------------------------------------------------------

GONGKAI_MODE = env.choice("GONGKAI_MODE", (DEMO, PRODUCTION, TEST), DEMO)
in_production = GONGKAI_MODE == PRODUCTION

BASE_DIR = Path(__file__).resolve().parents[1]
DATA_DIR = Path(env.text("GONGKAI_DATA_DIR", "var")).resolve()

SECRET_KEY = env.key("GONGKAI_SECRET_KEY", required=in_production)
SECRET_KEY_FALLBACKS = env.words("GONGKAI_SECRET_KEY_FALLBACKS")
FIELD_KEY = env.key("GONGKAI_FIELD_KEY", required=in_production)
if GONGKAI_MODE == DEMO:
    try:
        SECRET_KEY = SECRET_KEY or kept(DATA_DIR / "secret_key", new_key())
        FIELD_KEY = FIELD_KEY or kept(DATA_DIR / "field_key", new_key())
    except OSError as error:
        env.refuse(
            "GONGKAI_DATA_DIR",
            chinese=f"不能读写目录 {DATA_DIR}（{error.strerror}），请换一个目录，或改它的权限。",
            english="This directory cannot be read and written; choose another or change its permissions.",
        )
if GONGKAI_MODE == TEST:
    SECRET_KEY = "only-for-the-test-suite-" * 2  # protects nothing
    FIELD_KEY = "only-for-the-test-suite-" * 2

DEBUG = env.flag("GONGKAI_DEBUG", default=False)

# Where it is reached --------------------------------------------------------------------------------------

# A demonstration has accounts with printed passwords: it answers on this machine only.
ALLOWED_HOSTS = env.hosts("GONGKAI_ALLOWED_HOSTS", () if in_production else LOOPBACK)
if GONGKAI_MODE == TEST:
    ALLOWED_HOSTS = [*LOOPBACK, "testserver"]
if in_production and not ALLOWED_HOSTS:
    env.refuse(
        "GONGKAI_ALLOWED_HOSTS",
        chinese="正式运行必须填写本系统的域名，例如 gk.example.gov.cn。",
        english="Production needs the host names this installation answers to.",
    )
if GONGKAI_MODE == DEMO and not set(ALLOWED_HOSTS) <= set(LOOPBACK):
    env.refuse(
        "GONGKAI_ALLOWED_HOSTS",
        chinese="演示模式只能在本机访问；对外提供服务请设置 GONGKAI_MODE=production。",
        english="Demo mode answers on this machine only; set GONGKAI_MODE=production to serve others.",
    )
GONGKAI_HTTPS = env.flag("GONGKAI_HTTPS", default=in_production)
GONGKAI_TRUSTED_PROXIES = env.integer("GONGKAI_TRUSTED_PROXIES", 0, minimum=0, maximum=5)
CSRF_TRUSTED_ORIGINS = env.origins("GONGKAI_CSRF_TRUSTED_ORIGINS")

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"

# The rooms ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Ours come before the libraries whose templates they replace.
    "gongkai.core",
    "gongkai.config",
    "gongkai.accounts",
    "gongkai.schedule",
    "gongkai.organisations",
    "gongkai.audit",
    "gongkai.calendars",
    "gongkai.catalogue",
    "gongkai.disclosure",
    "gongkai.channels",
    "gongkai.engagement",
    "gongkai.foi",
    "gongkai.disputes",
    "gongkai.ledgers",
    "gongkai.search",
    "gongkai.reports",
    "gongkai.oversight",
    "gongkai.subscriptions",
    "gongkai.api",
    "gongkai.portal",
    "gongkai.console",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "gongkai.config.middleware.TrustedProxyMiddleware",
    "gongkai.portal.caching.PublicPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "gongkai.config.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.core.appearance.AppearanceMiddleware",
    "gongkai.config.middleware.UploadLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.config.context.installation",
                "gongkai.portal.context.site",
                "gongkai.console.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What it keeps --------------------------------------------------------------------------------------------

_sqlite = "sqlite://:memory:" if GONGKAI_MODE == TEST else f"sqlite:///{DATA_DIR / 'gongkai.sqlite3'}"
DATABASES = {
    "default": tuned(env.database("DATABASE_URL", _sqlite), durable=GONGKAI_MODE != TEST),
}
if GONGKAI_MODE == TEST and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of one test must wait for each other as they do in earnest.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}

# Shared by all workers, or the limits on wrong codes would multiply with them (core.models.CacheEntry, core.rates).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}
if GONGKAI_MODE == TEST:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# How much memory each worker may use to remember public pages (portal.caching); 0 remembers nothing.
GONGKAI_PAGE_CACHE = env.integer("GONGKAI_PAGE_CACHE_MB", 32, minimum=0, maximum=4096) * 1024 * 1024
if GONGKAI_MODE == TEST:
    GONGKAI_PAGE_CACHE = 0  # the few tests that are about it turn it on
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static" if in_production else None
MEDIA_ROOT = (
    DATA_DIR / "files"
)  # never served as it lies there: every download passes a view that asks who may
# Only production collects static files first; a demonstration and a test find them where they were written.
WHITENOISE_USE_FINDERS = not in_production
PRIVATE_ROOT = DATA_DIR / "private"  # case files; see core.storage
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if in_production
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640

# How index numbers (索引号) are written; a system check says what a pattern must have.
GONGKAI_INDEX_PATTERN = env.text("GONGKAI_INDEX_PATTERN", "{credit_code}/{year}-{serial:05}")

# Where the public finds the site, for what is sent elsewhere; networks of our own that channels may call into.
GONGKAI_SITE_ADDRESS = env.web_address("GONGKAI_SITE_ADDRESS") or (
    f"{'https' if GONGKAI_HTTPS else 'http'}://{ALLOWED_HOSTS[0] if ALLOWED_HOSTS else 'localhost'}"
)
GONGKAI_CHANNEL_NETWORKS = env.networks("GONGKAI_CHANNEL_NETWORKS")

# What may be done with the data, in the words of the body that opens it; how much of it one address may ask for.
GONGKAI_OPEN_DATA_LICENCE = env.text("GONGKAI_OPEN_DATA_LICENCE")
GONGKAI_OPEN_DATA_LICENCE_ADDRESS = env.web_address("GONGKAI_OPEN_DATA_LICENCE_ADDRESS")
GONGKAI_API_RATE = env.integer("GONGKAI_API_RATE", 120, minimum=10, maximum=100_000)  # a minute

# Nobody is reminded outside these hours or on a day that is no workday; the reminders go out when they begin.
GONGKAI_REMINDER_HOURS = env.hours("GONGKAI_REMINDER_HOURS", "08:30-17:30")

# Where ClamAV listens (unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310); empty: files are marked 未检查病毒.
GONGKAI_CLAMD = env.text("GONGKAI_CLAMD", "")

GONGKAI_UPLOAD_LIMIT = env.integer("GONGKAI_UPLOAD_LIMIT_MB", 50, minimum=1, maximum=2048) * MEBIBYTE
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * MEBIBYTE  # of a form's text, files not counted
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * MEBIBYTE  # larger files go to disk while they arrive

# Who comes in ---------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisations.Officer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "gongkai.accounts.backends.OfficerBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if GONGKAI_MODE == TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/console/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "gongkai.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = [
    "username*",
    "email",
    "password1*",
    "password2*",
]  # read by checks; sign-up is closed
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator, not the officer, states the address
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/15m/key",  # wrong codes of the second factor; wrong passwords are counted by axes
    "login": "120/m/ip",  # a whole city hall may sit behind one address at nine in the morning
}
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # TrustedProxyMiddleware has already put the client's address in its place
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "政府信息公开"
SOCIALACCOUNT_ADAPTER = "gongkai.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False

OIDC_SERVER = env.web_address("GONGKAI_OIDC_SERVER")
OIDC_CLIENT_ID = env.text("GONGKAI_OIDC_CLIENT_ID", required=bool(OIDC_SERVER))
OIDC_CLIENT_SECRET = env.text("GONGKAI_OIDC_CLIENT_SECRET", required=bool(OIDC_SERVER), secret=True)
OIDC_NAME = env.text("GONGKAI_OIDC_NAME", "统一身份认证")
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, list[object]]] = {"openid_connect": {"APPS": []}}
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "oidc",
            "name": OIDC_NAME,
            "client_id": OIDC_CLIENT_ID,
            "secret": OIDC_CLIENT_SECRET,
            "settings": {"server_url": OIDC_SERVER, "oauth_pkce_enabled": True},
        },
    ]

AXES_FAILURE_LIMIT = env.integer("GONGKAI_SIGN_IN_ATTEMPTS", 5, minimum=3, maximum=20)
AXES_COOLOFF_TIME = timedelta(minutes=env.integer("GONGKAI_LOCKOUT_MINUTES", 15, minimum=1, maximum=1440))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "gongkai.accounts.lockout.refuse"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "gongkai.accounts.lockout.account_named"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = env.integer("GONGKAI_SESSION_HOURS", 12, minimum=1, maximum=72) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = GONGKAI_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = GONGKAI_HTTPS
CSRF_FAILURE_VIEW = "gongkai.config.errors.stale_form"

# What a browser may do with our pages ---------------------------------------------------------------------

SECURE_SSL_REDIRECT = GONGKAI_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if GONGKAI_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the parent domain is not ours to speak for
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if GONGKAI_HTTPS and GONGKAI_TRUSTED_PROXIES else None
)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # subdomains and preload: decided above

# form-action also governs where a form's answer may redirect: signing in elsewhere starts with a form.
_sign_in_elsewhere = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER))] if OIDC_SERVER else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF, *_sign_in_elsewhere],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],  # data: for the QR code of the second factor
        "manifest-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    },
}

# Language, time, post, log --------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

EMAIL_HOST = env.text("GONGKAI_EMAIL_HOST")
EMAIL_PORT = env.integer("GONGKAI_EMAIL_PORT", 465, minimum=1, maximum=65535)
EMAIL_HOST_USER = env.text("GONGKAI_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("GONGKAI_EMAIL_PASSWORD", secret=True)
_email_security = env.choice("GONGKAI_EMAIL_SECURITY", ("ssl", "starttls", "none"), "ssl")
EMAIL_USE_SSL = _email_security == "ssl"
EMAIL_USE_TLS = _email_security == "starttls"
EMAIL_TIMEOUT = 20
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "GONGKAI_EMAIL_FROM", "gongkai@localhost", required=bool(EMAIL_HOST)
)
# Without a mail server messages are kept as files, so that an administrator can still hand them over.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

LOG_LEVEL = env.choice("GONGKAI_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "pdfminer": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        "fontTools": {"level": "ERROR"},
    },
}

env.refuse_unknown(
    allowed=(
        "GONGKAI_REQUIRE_BROWSER",
        "GONGKAI_REQUIRE_FONTS",
        "GONGKAI_REQUIRE_POSTGRES",
        "GONGKAI_BIND",
        "GONGKAI_ADMIN_PASSWORD",  # read by `gongkai manage set_up` alone
    ),
)
env.finish()
