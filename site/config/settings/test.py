"""Tests: fast hashing, memory cache and mail, tasks run at once, one database file per worker."""

import tempfile
from pathlib import Path

from config.env import env
from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, INSTALLED_APPS, STORAGES

DEMO = True
SECRET_KEY = "tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
TEST_DIR = Path(env("TEST_DIR", tempfile.mkdtemp(prefix="prachakhom-")))
MEDIA_ROOT = TEST_DIR / "media"
SEARCH_INDEX_DIR = TEST_DIR / "search"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: --reuse-db then saves the 20 s of migrations, and a live server can share it.
    DATABASES["default"]["TEST"] = {
        "NAME": env("TEST_DATABASE", str(Path(tempfile.gettempdir()) / "prachakhom-test.sqlite3"))
    }
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STAFF_SECOND_FACTOR_REQUIRED = False
