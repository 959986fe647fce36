from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from home.models import Ticket
from home.viewsets import HomeGroup, TicketPolicy

register_permission_policy(Ticket, TicketPolicy(Ticket))
register_snippet(HomeGroup)
