"""gunicorn reads this by itself. Listens on IPv4 and IPv6 (requirements A028)."""

import os

wsgi_app = "config.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", "[::]:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
accesslog = None
