"""Every shared component, with little and with hostile input."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

XSS = "\"><script>alert(1)</script>'&"
LONG = "ก" * 300


def render(name: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    return render_to_string(f"components/{name}.html", context, request=request)


class VillageForm(forms.Form):
    name = forms.CharField(label="ชื่อของท่าน", max_length=20, help_text="ไม่ขอเลขบัตรประชาชน")
    who = forms.ChoiceField(
        label="ท่านพูดในฐานะใด", choices=[("a", "ประชาชน"), ("b", "ผู้นำ")], widget=forms.RadioSelect
    )
    parts = forms.MultipleChoiceField(
        label="ข้อ", choices=[("1", "ข้อ 1")], widget=forms.CheckboxSelectMultiple, required=False
    )
    place = forms.ChoiceField(label="ตำบล", choices=[("", "เลือกตำบล"), ("x", "เกยไชย")])
    words = forms.CharField(label="เหตุผล", widget=forms.Textarea, required=False)
    show = forms.BooleanField(label="แสดงชื่อ", help_text="ถ้าไม่เลือก แสดงเพียงตำบล")
    paper = forms.FileField(label="แนบไฟล์", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choice_hints = {"a": "พูดในนามตัวเอง"}


@pytest.fixture
def sent() -> VillageForm:
    """Sent with nothing filled in."""
    return VillageForm({})


def field(form: forms.Form, name: str, **context: object) -> str:
    return render("form_field", field=form[name], **context)


class TestFormField:
    def test_the_label_stands_above_and_points_to_the_widget(self):
        html = field(VillageForm(), "name")
        assert '<label for="id_name">' in html
        assert html.index("<label") < html.index("hint") < html.index("<input")
        assert 'class="in"' in html

    def test_the_hint_is_read_with_the_field(self):
        html = field(VillageForm(), "name")
        assert 'id="id_name_hint"' in html
        assert 'aria-describedby="id_name_hint"' in html

    def test_a_given_hint_replaces_the_help_text(self):
        html = field(VillageForm(), "name", hint="ชื่อเล่นก็ได้")
        assert "ชื่อเล่นก็ได้" in html
        assert "ไม่ขอเลขบัตร" not in html

    def test_an_error_stands_at_the_field_and_is_read_with_it(self, sent):
        html = field(sent, "name")
        assert 'class="f bad"' in html
        assert 'class="why"' in html
        assert 'aria-describedby="id_name_hint id_name_error"' in html
        assert 'aria-invalid="true"' in html

    def test_radio_buttons_are_a_fieldset_with_a_legend_and_hints(self, sent):
        html = field(sent, "who")
        assert html.count("<fieldset") == html.count("<legend") == 1
        assert html.count('type="radio"') == 2
        assert '<label for="id_who_0"><span>ประชาชน<small>พูดในนามตัวเอง</small>' in html
        assert 'aria-describedby="id_who_error"' in html

    def test_checkboxes_are_a_fieldset_too(self):
        assert field(VillageForm(), "parts").count('type="checkbox"') == 1

    def test_only_fields_that_may_stay_empty_say_so(self):
        assert "opt" not in field(VillageForm(), "name")
        assert 'class="soft opt"' in field(VillageForm(), "words")

    def test_a_filter_form_does_not_say_optional(self):
        form = VillageForm()
        form.mark_optional = False
        assert "opt" not in field(form, "words").replace("option", "")

    def test_a_textarea_leaves_room_on_a_phone_unless_the_form_says_otherwise(self):
        assert 'rows="5"' in field(VillageForm(), "words")
        form = VillageForm()
        form.fields["words"].widget = forms.Textarea(attrs={"rows": 12})
        assert 'rows="12"' in field(form, "words")

    def test_one_checkbox_has_its_label_beside_it(self, sent):
        html = field(sent, "show")
        assert html.index("<input") < html.index("<label")
        assert 'class="why"' in html

    def test_a_file_keeps_its_native_input(self):
        html = field(VillageForm(), "paper")
        assert 'type="file"' in html
        assert 'class="attach"' in html

    def test_a_hidden_field_shows_nothing_else(self):
        assert field(VillageForm(), "token").strip().startswith('<input type="hidden"')

    def test_what_was_typed_is_escaped(self):
        html = field(VillageForm({"name": XSS}), "name")
        assert "<script>" not in html

    def test_labels_are_escaped(self):
        form = VillageForm()
        form.fields["name"].label = XSS
        form.fields["who"].choices = [("a", XSS)]
        assert "<script>" not in field(form, "name") + field(form, "who")


class TestErrorSummary:
    def test_nothing_is_shown_before_the_form_was_sent(self):
        assert render("error_summary", form=VillageForm()).strip() == ""

    def test_it_counts_and_links_to_each_field(self, sent):
        html = render("error_summary", form=sent)
        assert 'role="alert" tabindex="-1"' in html
        for anchor in ("#id_name", "#id_who_0", "#id_place", "#id_show"):
            assert f'href="{anchor}"' in html
        assert html.count("<li>") == 4

    def test_errors_of_the_whole_form_stand_without_a_link(self):
        form = VillageForm({"name": "ก", "who": "a", "place": "x", "show": "on"})
        form.add_error(None, XSS)
        html = render("error_summary", form=form)
        assert "<script>" not in html
        assert "href" not in html

    def test_two_forms_make_one_summary(self, sent):
        other = VillageForm({}, prefix="two")
        assert render("error_summary", form=sent, also=other).count("<li>") == 8


class TestPagination:
    def page(self, number: int, rows: int = 50):
        return Paginator(range(rows), 20).page(number)

    def test_one_page_needs_no_pager(self):
        assert render("pagination", page_obj=self.page(1, rows=5)).strip() == ""

    def test_the_middle_page_leads_both_ways_and_keeps_filters(self):
        html = render("pagination", path="/news/?kind=plan&page=2", page_obj=self.page(2))
        assert 'rel="prev" href="?kind=plan&amp;page=1"' in html
        assert 'rel="next" href="?kind=plan&amp;page=3"' in html

    def test_hostile_filters_are_escaped(self):
        html = render("pagination", path='/news/?q="><script>', page_obj=self.page(1))
        assert "<script>" not in html


class TestEmpty:
    def test_it_says_what_to_do_next(self):
        html = render("empty", title="ยังไม่มีข่าว", text="กลับมาดูใหม่", url="/news/", link_text="ข่าวทั้งหมด")
        assert 'href="/news/"' in html
        assert "#search" in html

    def test_title_and_text_are_escaped(self):
        assert "<script>" not in render("empty", title=XSS, text=XSS, url="/", link_text=XSS)


class TestPageFacts:
    def page(self, **changes: object) -> SimpleNamespace:
        facts = {
            "first_published_at": dt.datetime(2026, 11, 24, 3, 42, tzinfo=dt.UTC),
            "last_published_at": dt.datetime(2026, 11, 25, 17, 30, tzinfo=dt.UTC),
            "responsible_units": SimpleNamespace(all=list),
            "responsible_person": "",
        }
        return SimpleNamespace(**{**facts, **changes})

    def test_dates_are_in_the_buddhist_era_and_in_bangkok(self):
        html = render("page_facts", page=self.page())
        assert "24 พฤศจิกายน 2569" in html
        assert "26 พฤศจิกายน 2569" in html
        assert "00.30 น." in html

    def test_several_units_are_named(self):
        units = [
            SimpleNamespace(display_name="กลุ่มงานยุทธศาสตร์", phone="056 1", email=""),
            SimpleNamespace(display_name=XSS, phone="", email="a@example.org"),
        ]
        html = render("page_facts", page=self.page(responsible_units=SimpleNamespace(all=lambda: units)))
        assert html.count("<li>") == 2
        assert "<script>" not in html

    def test_a_page_never_published_shows_no_empty_rows(self):
        html = render("page_facts", page=self.page(first_published_at=None, last_published_at=None))
        assert "<dt>" not in html


class TestShare:
    def test_line_comes_first_and_nothing_is_loaded_from_it(self):
        html = render("share", path="/news/a/", title="ข่าว")
        assert html.index("line.me") < html.index("facebook.com")
        assert "<script" not in html
        assert "<iframe" not in html

    def test_buttons_that_need_javascript_are_hidden_without_it(self):
        html = render("share", path="/news/a/", title="ข่าว")
        assert html.count("hidden data-copy") == html.count("hidden data-print") == 1
        assert "readonly" in html

    def test_the_title_cannot_break_out(self):
        assert "<script>" not in render("share", path="/news/a/", title=XSS)


class TestFile:
    def document(self, **changes: object) -> SimpleNamespace:
        facts = {
            "title": "แผน",
            "url": "/files/1/a.pdf",
            "file_type": "PDF",
            "pages": 164,
            "get_file_size": 4_800_000,
        }
        return SimpleNamespace(**{**facts, **changes})

    def test_type_size_and_pages_are_shown(self):
        html = render("file", document=self.document())
        assert "PDF" in html
        assert "4.8 MB" in html
        assert "164" in html

    def test_a_file_without_pages_does_not_speak_of_them(self):
        assert "·" not in render("file", document=self.document(pages=0))

    def test_hostile_and_long_titles(self):
        html = render("file", document=self.document(title=XSS + LONG), note=XSS)
        assert "<script>" not in html
        assert LONG in html


class TestMessages:
    def test_words_are_escaped_and_errors_look_different(self):
        messages = [SimpleNamespace(level=20, __str__=None), SimpleNamespace(level=40)]
        assert render("messages", messages=messages).count("note bad") == 1
