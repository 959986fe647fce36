from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("follow/", views.choose, name="choose"),
    path("follow/asked/", views.asked, name="asked"),
    path("follow/confirm/<str:token>/", views.confirm, name="confirm"),
    path("follow/stop/<str:token>/", views.stop, name="stop"),
    path("follow/<slug:kind>/<slug:key>/", views.ask, name="ask"),
]
