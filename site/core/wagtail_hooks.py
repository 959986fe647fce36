from wagtail.snippets.models import register_snippet

from core.viewsets import SharedListsGroup

register_snippet(SharedListsGroup)
