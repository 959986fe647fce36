"""Tests: fast hashing, memory cache and mail, tasks run at once, one database file per worker."""

import hashlib
import tempfile
from pathlib import Path

from config.env import env
from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, CACHES, DATABASES, INSTALLED_APPS, STORAGES


def migrations_digest() -> str:
    digest = hashlib.sha256()
    for pattern in ("*/migrations/*.py", "site/*/migrations/*.py"):
        for path in sorted(BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


DEMO = True
SECRET_KEY = "tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
TEST_DIR = Path(env("TEST_DIR", tempfile.mkdtemp(prefix="prachakhom-")))
MEDIA_ROOT = TEST_DIR / "media"
DOCUMENT_PAGES_DIR = TEST_DIR / "pages"
SEARCH_INDEX_DIR = TEST_DIR / "search"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: --reuse-db then saves the 20 s of migrations. A changed migration makes a new file.
    TEST_DATABASE = env(
        "TEST_DATABASE", f"{tempfile.gettempdir()}/prachakhom-test-{migrations_digest()}.sqlite3"
    )
    DATABASES["default"]["TEST"] = {"NAME": TEST_DATABASE}
elif TEST_TEMPLATE := env("TEST_TEMPLATE", ""):
    # A migrated database of the same PostgreSQL that nobody writes to: each worker copies it in a second.
    DATABASES["default"]["TEST"] = {"TEMPLATE": TEST_TEMPLATE}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STAFF_SECOND_FACTOR_REQUIRED = False
