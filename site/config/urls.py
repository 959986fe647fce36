"""All addresses. Thai has no prefix, English stands under /en/ (docs/layout.md lists the names that stay)."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from core.views.media import media
from core.views.pages import serve_page

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth's recipe

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.permission_denied"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("core.urls")),
    # The admin's own login form would bypass second factors and rate limits (stack.md, G8).
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/", admin.site.urls),
    path("files/", include(wagtaildocs_urls)),
    path("", include("home.root_urls")),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", media))

urlpatterns += i18n_patterns(
    # The busiest first: Django makes a list of every address it tried in vain, a hundred of them before a comment's.
    path("", include("hearings.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("notifications.urls")),
    path("", include("geography.urls")),
    path("", include("home.urls")),
    path("", include("news.urls")),
    path("", include("hearings.urls_field")),
    path("", include("hearings.urls_desk")),
    path("", include("knowledge.urls")),
    path("", include("search.urls")),
    re_path(wagtail_urls.serve_pattern, serve_page),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
