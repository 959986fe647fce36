"""Addresses of the staff's rooms of hearings. One hearing's rooms start with its number."""

from django.urls import path

from hearings.views.desk.overview import hearing_desk, hearing_list

app_name = "hearings_desk"
urlpatterns = [
    path("desk/hearings/", hearing_list, name="list"),
    path("desk/hearings/<int:pk>/", hearing_desk, name="hearing"),
]
