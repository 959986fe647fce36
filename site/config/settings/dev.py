"""A developer's machine: DEBUG, plain static files, e-mail on the console."""

from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, SECRET_KEY, STORAGES

DEBUG = True
DEMO = True
SECRET_KEY = SECRET_KEY or "not-secret: only for a developer's machine"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STAFF_SECOND_FACTOR_REQUIRED = False
