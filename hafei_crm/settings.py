from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = env.bool("TESTING", default=False)

SECRET_KEY = env("SECRET_KEY")
FIELD_KEYS = env.list("HAFEI_FIELD_KEY")  # core/encryption.py
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "axes",
    "csp",
    "pgtrigger",
    "pghistory",
    "core",
    "users",
    "products",
    "dealers",
    "customers",
    "inventory",
    "contracts",
    "salesplan",
    "aftersales",
    "marketing",
    "training",
    "analytics",
    "hafei_crm",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.idle_sessions.IdleSessionMiddleware",
    "core.language.ChineseFirstMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hafei_crm.urls"
WSGI_APPLICATION = "hafei_crm.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hafei_crm.menu.menu",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/django/forms holds one of our own
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"

# Database

DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    f"-c lock_timeout=5s -c statement_timeout={env('STATEMENT_TIMEOUT', default='0')}"
)
# A migrated database to copy, named by the test plugin.
if TESTING:
    DATABASES["default"]["TEST"] = {"NAME": "test_hafei", "TEMPLATE": env("TEST_TEMPLATE", default=None)}

# Triggers are installed as the models declare them after every migration (hafei_crm/apps.py): as operations of
# migrations they would have Django render all models anew for each of some two hundred triggers.
PGTRIGGER_MIGRATIONS = False

# Valkey: one numbered database for the queue, the next for the cache

REDIS_URL = env("REDIS_URL").rstrip("/")
VALKEY_DATABASE = env.int("VALKEY_DATABASE", default=0)
if REDIS_URL.startswith("unix://"):
    CACHE_URL = f"{REDIS_URL}?db={VALKEY_DATABASE + 1}"
    CELERY_BROKER_URL = f"redis+socket://{REDIS_URL.removeprefix('unix://')}?virtual_host={VALKEY_DATABASE}"
else:
    CACHE_URL = f"{REDIS_URL}/{VALKEY_DATABASE + 1}"
    CELERY_BROKER_URL = f"{REDIS_URL}/{VALKEY_DATABASE}"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}}

# Celery: a task may run twice or die half way, so it is acknowledged late and always safe to repeat

TIME_ZONE = CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_RESULT_BACKEND = CELERY_BROKER_URL
CELERY_RESULT_EXPIRES = timedelta(days=1)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 20
CELERY_TASK_SOFT_TIME_LIMIT = 110 * 60
CELERY_TASK_TIME_LIMIT = 120 * 60
# Longer than the hard limit, else a task that is still running would be started a second time.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3 * 60 * 60}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# SIGTERM waits this long for running tasks and then gives them back to the queue (needs REMAP_SIGTERM=SIGQUIT).
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"analytics.tasks.*": {"queue": "forecast"}}
CELERY_BEAT_SCHEDULE = {
    "nightly": {"task": "analytics.tasks.run_nightly", "schedule": crontab(hour=1, minute=30)},
    "expire": {"task": "contracts.tasks.expire_offers", "schedule": crontab(hour=0, minute=10)},
    "renew": {"task": "contracts.tasks.remind_to_renew", "schedule": crontab(hour=7, minute=30)},
    "held": {"task": "contracts.tasks.release_held", "schedule": crontab(minute=15)},
    "release": {"task": "contracts.tasks.release_expired", "schedule": crontab(hour=0, minute=20)},
    "rebates": {"task": "contracts.tasks.accrue_last_month", "schedule": crontab(day_of_month=3, hour=4, minute=0)},
    "truth": {"task": "analytics.tasks.check_retail_truth", "schedule": crontab(hour=1, minute=0)},
    "scorecard": {"task": "analytics.tasks.reckon_scores", "schedule": crontab(hour=1, minute=10)},
    "score": {"task": "customers.tasks.rescore_leads", "schedule": crontab(hour=0, minute=40)},
    "remind": {"task": "salesplan.tasks.remind_missing", "schedule": crontab(minute=5)},
    "vacancies": {"task": "users.tasks.fill_vacancies", "schedule": crontab(minute=20)},
    "approvals": {"task": "users.tasks.chase_approvals", "schedule": crontab(minute=25)},
    "reminders": {"task": "users.tasks.remind", "schedule": 60, "options": {"expires": 60}},
    "mail": {"task": "core.tasks.send_mail", "schedule": 60, "options": {"expires": 60}},
    "digest": {"task": "customers.tasks.send_digests", "schedule": crontab(hour=8, minute=0)},
    "customers": {"task": "customers.tasks.run_nightly", "schedule": crontab(hour=0, minute=40)},
    "dealers": {"task": "dealers.tasks.run_nightly", "schedule": crontab(hour=0, minute=50)},
    "pool": {"task": "customers.tasks.fill_pool", "schedule": crontab(hour=2, minute=10)},
    "books": {"task": "hafei_crm.tasks.check_books", "schedule": crontab(hour=2, minute=40)},
    "overdue": {"task": "contracts.tasks.remind_of_overdue", "schedule": crontab(hour=8, minute=20)},
    "sweep": {"task": "hafei_crm.tasks.sweep", "schedule": 60, "options": {"expires": 60}},
    "purge": {"task": "hafei_crm.tasks.purge", "schedule": crontab(hour=3, minute=10)},
}
CELERY_BEAT_SCHEDULE_FILENAME = env("BEAT_SCHEDULE", default=str(BASE_DIR / "celerybeat-schedule"))

# Sign-in

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "users.backends.RoleBackend"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
# By name, and by name and address; never by address alone: a whole dealer sits behind one.
AXES_LOCKOUT_PARAMETERS = ["username", ["username", "ip_address"]]
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# The browser's guards

HTTPS = env.bool("HAFEI_HTTPS", default=True)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# Believed only where a proxy sets it on every request; without one, any visitor could write it himself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("HAFEI_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

# Language: Chinese first

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["hafei_crm.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # it would write the year 2026 as 2,026; money is formatted where it is shown

# Files

STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.vendor.VendorFinder",
]
VENDOR_ROOT = BASE_DIR / "node_modules"
VENDOR_FILES = {
    "vendor/tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/sortablejs/Sortable.min.js": "sortablejs/Sortable.min.js",
    "vendor/tom-select/tom-select.complete.min.js": "tom-select/dist/js/tom-select.complete.min.js",
    "vendor/tom-select/tom-select.bootstrap5.min.css": "tom-select/dist/css/tom-select.bootstrap5.min.css",
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = env("MEDIA_ROOT", default=str(BASE_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.static_storage.StaticStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# smtp+tls://name:password@server:587; without a mail server the letters stand in files of the embedded state
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="crm@localhost")
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")  # where the links in letters lead
SEAL_GATEWAY = env("SEAL_GATEWAY", default="contracts.seals.LocalSeal")  # who seals contracts: contracts/seals.py

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own handler mails administrators and is silent without DEBUG; errors belong on the console.
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "celery.worker.strategy": {"level": "WARNING"},  # else two lines for every task, once a minute at least
        "celery.app.trace": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "matplotlib": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pgtrigger": {"level": "WARNING"},
    },
}

if DEBUG or TESTING:  # no manifest: files are served as they are found
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    WHITENOISE_AUTOREFRESH = True
    WHITENOISE_USE_FINDERS = True
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
