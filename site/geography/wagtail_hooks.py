from wagtail.snippets.models import register_snippet

from geography.viewsets import GeographyGroup

register_snippet(GeographyGroup)
