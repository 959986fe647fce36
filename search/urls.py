from django.urls import path

from search.views.clicked import clicked
from search.views.opensearch import opensearch
from search.views.results import results
from search.views.suggest import suggest

app_name = "search"
urlpatterns = [
    path("search/", results, name="results"),
    path("search/suggest/", suggest, name="suggest"),
    path("search/clicked/", clicked, name="clicked"),
    path("opensearch.xml", opensearch, name="opensearch"),
]
