from wagtail.snippets.models import register_snippet

from home.viewsets import HomeGroup

register_snippet(HomeGroup)
