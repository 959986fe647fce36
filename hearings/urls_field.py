"""Addresses of field work, apart from the desk: change agents come here who have no desk (design.md, decision 13)."""

from django.urls import path

from hearings.views.desk import field_offline, field_sync
from hearings.views.desk.field import batch, batch_new, batch_source, field_home

app_name = "hearings_field"
urlpatterns = [
    path("desk/field/", field_home, name="home"),
    path("desk/field/hearings/<int:pk>/", batch_new, name="batch_new"),
    path("desk/field/<int:pk>/", batch, name="batch"),
    path("desk/field/<int:pk>/source/", batch_source, name="source"),
    # The worker's folder is its scope: it never touches a page outside.
    path("desk/field/worker.js", field_offline.worker, name="worker"),
    path("desk/field/app.webmanifest", field_offline.manifest, name="manifest"),
    path("desk/field/sync/", field_sync.sync, name="sync"),
    path("desk/field/offline/", field_offline.offline_home, name="offline"),
    path(
        "desk/field/offline/<int:pk>/",
        field_offline.offline_form,
        {"kind": "village"},
        name="offline_village",
    ),
    path(
        "desk/field/offline/<int:pk>/person/",
        field_offline.offline_form,
        {"kind": "person"},
        name="offline_person",
    ),
    path("desk/field/offline/<int:pk>/board/", field_offline.offline_board, name="offline_board"),
]
