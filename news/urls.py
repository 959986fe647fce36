from django.urls import path

from news import views

app_name = "news"
urlpatterns = [path("feeds/", views.feeds, name="feeds")]
for feed_format in views.FEEDS:
    kind = {"feed_format": feed_format}
    urlpatterns += [
        path(f"feeds/<slug:source>.{feed_format}", views.feed, kind, name=feed_format),
        path(f"feeds/<slug:source>/province/<slug:province>.{feed_format}", views.feed, kind, name=f"province_{feed_format}"),
        path(f"feeds/<slug:source>/topic/<slug:topic>.{feed_format}", views.feed, kind, name=f"topic_{feed_format}"),
    ]  # fmt: skip
