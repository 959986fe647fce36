from django.urls import path

from core.views.health import healthz, readyz
from core.views.preferences import preferences
from core.views.share import qr_code

app_name = "core"
urlpatterns = [
    path("preferences/", preferences, name="preferences"),
    path("share/qr.svg", qr_code, name="qr"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
