"""The area picker works in steps without JavaScript and never trusts what comes back."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from wagtail.models import Site

from geography.forms import AreaPickerMixin
from geography.models import Cluster, SiteCluster

pytestmark = pytest.mark.django_db


class SampleForm(AreaPickerMixin):
    story = forms.CharField(required=False)
    sectors = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)


class ProvinceNeeded(AreaPickerMixin):
    area_required = ("province", "district")


@pytest.fixture
def our_cluster():
    cluster = Cluster.objects.get(slug="north-lower-2")
    SiteCluster.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"cluster": cluster}
    )
    return cluster


def post(query: str) -> QueryDict:
    return QueryDict(query)


def codes(form, name):
    return list(form.fields[name].areas)


def test_provinces_of_this_site_come_first_in_thai_order(our_cluster):
    form = SampleForm()
    names = [area.name for area in form.fields["province"].areas.values()]
    assert names[:4] == ["กำแพงเพชร", "นครสวรรค์", "พิจิตร", "อุทัยธานี"]
    assert len(names) == 77
    assert len(list(form.fields["province"].choices)) == 3  # the empty one and two headings


def test_without_a_cluster_all_provinces_stand_in_one_list():
    names = [area.name for area in SampleForm().fields["province"].areas.values()]
    assert len(names) == 77
    assert names.index("กาญจนบุรี") < names.index("เชียงใหม่") < names.index("นนทบุรี")


def test_each_level_offers_only_what_belongs_to_the_chosen_one():
    form = SampleForm(initial={"province": "60", "district": "6003"})
    assert len(codes(form, "district")) == 15
    assert "600304" in codes(form, "subdistrict")
    assert SampleForm(initial={"province": "60"}).fields["subdistrict"].areas == {}


def test_step_keeps_what_was_typed_and_complains_about_nothing():
    data = post("province=60&district=&story=%E0%B8%99%E0%B9%89%E0%B8%B3&sectors=a&sectors=b&area_step=1")
    assert SampleForm.area_step_requested(data)
    form = SampleForm.reloaded(data)
    assert not form.is_bound
    assert (form["story"].value(), form["sectors"].value()) == ("น้ำ", ["a", "b"])
    assert len(codes(form, "district")) == 15


def test_step_drops_a_district_of_another_province():
    form = SampleForm.reloaded(post("province=66&district=6003&subdistrict=600304&area_step=1"))
    assert form["district"].value() == ""
    assert form["subdistrict"].value() == ""


def test_lower_level_alone_gives_the_upper_ones():
    form = SampleForm(post("subdistrict=600304"))
    assert form.is_valid(), form.errors
    assert [area.name for area in form.cleaned_area()] == ["นครสวรรค์", "ชุมแสง", "เกยไชย"]


def test_nothing_chosen_is_fine_where_nothing_is_required():
    form = SampleForm(post(""))
    assert form.is_valid()
    assert form.cleaned_area() == (None, None, None)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("province=66&district=6003", "district"),
        ("province=60&district=6003&subdistrict=660101", "subdistrict"),
        ("province=99", "province"),
        ("province=6", "province"),
        ("province=%00", "province"),
        ("province=" + "6" * 5000, "province"),
        ("province=60&district=%E0%B9%96%E0%B9%90%E0%B9%90%E0%B9%93", "district"),
        ("district=abcd", "district"),
    ],
)
def test_areas_that_do_not_belong_together_are_refused_at_the_field(query, field):
    form = SampleForm(post(query))
    assert not form.is_valid()
    assert field in form.errors


def test_only_the_first_missing_level_is_asked_for():
    assert list(ProvinceNeeded(post("")).errors) == ["province"]
    assert list(ProvinceNeeded(post("province=60")).errors) == ["district"]
    assert ProvinceNeeded(post("province=60&district=6003")).is_valid()


def test_five_queries_are_enough_for_all_levels(our_cluster, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        form = SampleForm(post("province=60&district=6003&subdistrict=600304"))
        assert form.is_valid()
        form.cleaned_area()


def test_picker_shows_every_level_with_a_label():
    request = RequestFactory().get("/")
    html = render_to_string(
        "components/area_picker.html", {"form": SampleForm(initial={"subdistrict": "600304"})}, request
    )
    assert html.count("<select") == html.count("<label") == 3
    assert 'name="area_step"' in html
    assert "<div hidden>" not in html
    assert "เกยไชย" in html


def test_the_hint_is_said_once_for_all_levels():
    shown = {"form": SampleForm(initial={"subdistrict": "600304"}), "hint": "บ้านของท่าน"}
    html = render_to_string("components/area_picker.html", shown, RequestFactory().get("/"))
    assert html.count("บ้านของท่าน") == 1
    assert html.count('aria-describedby="area-hint"') == html.count('id="area-hint"') == 1
