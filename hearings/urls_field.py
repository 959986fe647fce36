"""Addresses of field work, apart from the desk: change agents come here who have no desk (design.md, decision 13)."""

from django.urls import path

from hearings.views.desk.field import batch, batch_new, batch_source, field_home

app_name = "hearings_field"
urlpatterns = [
    path("desk/field/", field_home, name="home"),
    path("desk/field/hearings/<int:pk>/", batch_new, name="batch_new"),
    path("desk/field/<int:pk>/", batch, name="batch"),
    path("desk/field/<int:pk>/source/", batch_source, name="source"),
]
