"""Every block of a body: what readers get, and what editors see in the block picker."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.images.tests.utils import get_test_image_file

from core.blocks import StoryBlock
from core.models import CustomDocument, CustomImage

XSS = '"><script>alert(1)</script>'
STORY = StoryBlock()
NAMES = list(STORY.child_blocks)


def render(name: str, value: object) -> str:
    block = STORY.child_blocks[name]
    return block.render(block.normalize(value))


def own_blocks(block: blocks.Block) -> list[blocks.Block]:
    """This block and every block of ours inside it."""
    inside = list(getattr(block, "child_blocks", {}).values())
    if isinstance(block, blocks.ListBlock):
        inside.append(block.child_block)
    found = [block] if type(block).__module__.startswith("core.") else []
    return found + [b for child in inside for b in own_blocks(child)]


@pytest.mark.parametrize("name", NAMES)
class TestEditorsPicker:
    def test_every_block_has_an_icon_a_template_and_a_description(self, name):
        for block in own_blocks(STORY.child_blocks[name]):
            assert block.meta.icon != "placeholder", block
            assert str(block.get_description()), block
        assert STORY.child_blocks[name].meta.template

    def test_every_block_has_a_preview_in_the_look_of_the_site(self, name):
        block = STORY.child_blocks[name]
        value = block.get_preview_value()
        assert block.is_previewable
        context = {"bound_block": block.bind(value), "block_def": block, "page_title": "ตัวอย่าง"}
        html = render_to_string(
            block.get_preview_template(value, context), context, request=RequestFactory().get("/")
        )
        assert "css/tokens.css" in html
        assert "<script" not in html
        assert html.count('<div class="wrap prose">') == 1


class TestHeading:
    def test_level_and_stable_address(self):
        value = STORY.to_python(
            [{"type": "heading", "id": "0a1b2c3d-xx", "value": {"text": "ก", "level": "h3"}}]
        )
        assert '<h3 id="h-0a1b2c3d">' in STORY.render(value)

    def test_markup_is_shown_as_text(self):
        assert "<script>" not in render("heading", {"text": XSS, "level": "h2"})


class TestTable:
    VALUE = {
        "caption": "ความเห็นแยกตามจังหวัด",
        "columns": [{"type": "text", "heading": "จังหวัด"}, {"type": "number", "heading": "ฉบับ"}],
        "rows": [{"values": ["นครสวรรค์", Decimal("412")]}, {"values": [XSS, None]}],
    }

    def test_headings_say_what_they_head(self):
        html = render("table", self.VALUE)
        assert html.count('scope="col"') == 2
        assert html.count('scope="row"') == 2
        assert "<caption>" in html

    def test_the_box_scrolls_by_keyboard_and_has_a_name(self):
        html = render("table", self.VALUE)
        assert 'role="region" tabindex="0" aria-label="ความเห็นแยกตามจังหวัด"' in html

    def test_cells_are_escaped_and_empty_ones_stay_empty(self):
        html = render("table", self.VALUE)
        assert "<script>" not in html
        assert "None" not in html

    def test_an_empty_table_shows_nothing(self):
        assert render("table", None).strip() == ""

    def test_it_is_wagtails_typed_table(self):
        assert isinstance(STORY.child_blocks["table"], BaseTypedTableBlock)


class TestFigure:
    def test_responsive_webp_with_size_and_alternative(self, db, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        image = CustomImage.objects.create(
            title="x", file=get_test_image_file(size=(1600, 900)), credit="อบต."
        )
        block = STORY.child_blocks["figure"]
        value = block.to_python(
            {"image": {"image": image.pk, "alt_text": "ชาวบ้านดูผัง", "decorative": False}, "caption": XSS}
        )
        html = block.render(value)
        assert html.count(".webp") >= 3
        for part in ('srcset="', 'loading="lazy"', 'width="', 'height="', 'alt="ชาวบ้านดูผัง"', "อบต."):
            assert part in html
        assert "<script>" not in html

    def test_a_deleted_picture_leaves_no_hole(self):
        assert render("figure", {"image": None, "caption": "x"}).strip() == ""


class TestDocument:
    def test_type_and_size_are_named(self, db):
        document = CustomDocument(pk=1, title="แผน", file="documents/plan.pdf", file_size=1_400_000, pages=24)
        html = render("document", {"document": document, "note": XSS})
        assert "PDF" in html
        assert "1.4 MB" in html
        assert "<script>" not in html

    def test_a_deleted_document_leaves_no_hole(self):
        assert render("document", {"document": None, "note": ""}).strip() == ""


class TestVideoLink:
    def test_it_is_a_link_not_a_player(self):
        html = render("video", {"title": "สามขั้น", "url": "https://www.youtube.com/watch?v=1", "minutes": 3})
        assert "<iframe" not in html
        assert "youtube.com" in html

    @pytest.mark.parametrize(
        "url", ["https://evil.example/", "https://youtube.com.evil.example/x", "https://notyoutube.com/"]
    )
    def test_other_hosts_are_refused(self, url):
        block = STORY.child_blocks["video"]
        with pytest.raises(ValidationError):
            block.clean(block.normalize({"title": "ก", "url": url, "minutes": None, "transcript": ""}))


class TestCitation:
    VALUE = {"kind": "gazette", "title": XSS, "date": dt.date(2026, 10, 6), "volume": "เล่ม 143", "url": ""}

    def test_the_date_is_legal_thai(self):
        assert "6 ตุลาคม พ.ศ. 2569" in render("citation", self.VALUE)

    def test_the_date_is_ce_in_english(self):
        with translation.override("en"):
            assert "6 October 2026" in render("citation", self.VALUE)

    def test_markup_is_shown_as_text(self):
        assert "<script>" not in render("citation", self.VALUE)


class TestOtherBlocks:
    def test_a_quote_keeps_its_lines_and_is_escaped(self):
        html = render("quote", {"quote": f"หนึ่ง\nสอง {XSS}", "who": XSS})
        assert "<br>" in html
        assert "<script>" not in html

    @pytest.mark.parametrize("kind", ["info", "now", "bad"])
    def test_a_callout_has_an_icon_beside_its_words(self, kind):
        html = render("callout", {"kind": kind, "heading": XSS, "text": "<p>ก</p>"})
        assert "<svg" in html
        assert "<script>" not in html

    def test_folded_texts_open_without_javascript(self):
        html = render("accordion", [{"question": XSS, "answer": "<p>ก</p>"}])
        assert html.count("<details>") == 1
        assert "<script>" not in html


def test_choices_of_looks_are_not_searched():
    heading, callout = STORY.child_blocks["heading"], STORY.child_blocks["callout"]
    said = heading.get_searchable_content(heading.normalize({"text": "น้ำท่วมซ้ำที่เดิม", "level": "h2"}))
    assert said == ["น้ำท่วมซ้ำที่เดิม"]
    value = {"kind": "info", "heading": "", "text": "<p>ส่งได้ถึงวันพุธ</p>"}
    assert "".join(callout.get_searchable_content(callout.normalize(value))) == "ส่งได้ถึงวันพุธ"
