from django.urls import path

from accounts.views import landing

app_name = "accounts"
urlpatterns = [path("me/landing/", landing, name="landing")]
