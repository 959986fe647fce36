"""The web server's entry point. Set DJANGO_SETTINGS_MODULE; the default is production."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

from accounts.demo_guard import refuse_demo_accounts  # noqa: E402  (needs the loaded apps)

refuse_demo_accounts()

# What was loaded by now stays: looking through it for garbage again and again is a tenth of a request's work.
gc.collect()
gc.freeze()
