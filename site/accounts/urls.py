from django.urls import path

from accounts.views import identity, me, network, slips

app_name = "accounts"
urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/landing/", me.landing, name="landing"),
    path("me/data/", me.my_data, name="my_data"),
    path("me/delete/", me.delete_account, name="delete"),
    path("me/slip/", slips.use, name="use_slip"),
    path("me/identity/", identity.identity, name="identity"),
    path("network/", network.directory, name="network"),
]
