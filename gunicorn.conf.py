"""gunicorn reads this by itself. Listens on IPv4 and IPv6 (requirements A028)."""

import os

wsgi_app = "config.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", "[::]:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
# A Thai letter is nine signs of an address: 4094, the default, would refuse a question of 450 letters in English.
limit_request_line = 8190
accesslog = None
