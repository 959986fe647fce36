"""Letters that could not be sent, in the admin: to look at, and to put back when the mail server is well again."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from notifications.admin_views import try_again
from notifications.models import OutboxMessage
from notifications.viewsets import OutboxPolicy, OutboxViewSet

register_permission_policy(OutboxMessage, OutboxPolicy(OutboxMessage))
register_snippet(OutboxViewSet)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("letters/<int:pk>/again/", try_again, name="notifications_try_again")]
