from django.urls import path

from knowledge import views

app_name = "knowledge"
urlpatterns = [path("knowledge/problems/", views.problems, name="problems")]
