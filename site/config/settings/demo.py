"""The demo that `python3.11 -m demo` starts: like production, but on loopback and with the demo's accounts."""

from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, SECRET_KEY, VAR_DIR

DEMO = True
# Made once per folder by demo/__main__.py, so that sign-ins survive a restart.
SECRET_KEY = SECRET_KEY or (VAR_DIR / "secret_key").read_text()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
KEEP_TOGETHER = ["บึงสามแพรก", "แก้มลิง", "สะแกกรัง"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STAFF_SECOND_FACTOR_REQUIRED = False
