"""Clusters are edited by the office; areas are facts from DOPA and can only be looked at."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from geography.models import Cluster, District, Province, Subdistrict


class ClusterViewSet(SnippetViewSet):
    model = Cluster
    icon = "globe"
    list_display = ["name", "region", "operation_centre", "valid_from", "valid_to"]
    list_filter = ["region"]
    search_fields = ["name", "name_en"]
    panels = [
        FieldPanel("slug"),
        MultiFieldPanel([FieldPanel("name"), FieldPanel("name_en")], heading=_("Names")),
        FieldRowPanel([FieldPanel("region"), FieldPanel("region_en")]),
        FieldPanel("provinces"),
        FieldPanel("operation_centre"),
        MultiFieldPanel(
            [FieldPanel("legal_basis"), FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")])],
            heading=_("In force"),
        ),
    ]


class AreaViewSet(SnippetViewSet):
    """What the three levels share: search by name or code, nothing to press."""

    icon = "site"
    inspect_view_enabled = True
    copy_view_enabled = False
    search_fields = ["name", "name_en", "code"]
    list_per_page = 50
    ordering = ["code"]


class ProvinceViewSet(AreaViewSet):
    model = Province
    list_display = ["name", "name_en", "code"]


class DistrictViewSet(AreaViewSet):
    model = District
    list_display = ["name", "name_en", "code", "province"]
    list_filter = ["province"]


class SubdistrictViewSet(AreaViewSet):
    model = Subdistrict
    list_display = ["name", "name_en", "code", "district"]


class GeographyGroup(SnippetViewSetGroup):
    items = (ClusterViewSet, ProvinceViewSet, DistrictViewSet, SubdistrictViewSet)
    menu_icon = "globe"
    menu_label = _("Geography")
    menu_order = 900
    add_to_admin_menu = True
