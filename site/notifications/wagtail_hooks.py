from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from notifications.models import OutboxMessage
from notifications.viewsets import OutboxPolicy, OutboxViewSet

register_permission_policy(OutboxMessage, OutboxPolicy(OutboxMessage))
register_snippet(OutboxViewSet)
