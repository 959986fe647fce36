from django.urls import path

from geography import views

app_name = "geography"
urlpatterns = [
    path("areas/districts/", views.districts, name="districts"),
    path("areas/subdistricts/", views.subdistricts, name="subdistricts"),
    path("areas/search/", views.search, name="search"),
    path("clusters/", views.clusters, name="clusters"),
    path("clusters/clusters.csv", views.clusters_csv, name="clusters_csv"),
]
