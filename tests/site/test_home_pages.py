"""Home page, standard pages, FAQ, contact, links, agencies, site map and the files for machines."""

from __future__ import annotations

import re
import time

import pytest
from django.contrib.auth.models import Group
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from accounts.roles import Role
from core.searchable import documents
from home.forms.messages import SALT
from home.models import Agency, FaqEntry, Ticket
from home.sitemaps import MANY
from tests.factories.home import make_agency, make_link, make_page, make_person, make_question, make_ticket

pytestmark = pytest.mark.django_db

HOME_BUDGET = 25


def body(response: object) -> str:
    return response.content.decode()


def queries_of(client: object, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def payload(**fields: str) -> dict[str, str]:
    started = signing.dumps(int(time.time()) - 60, salt=SALT)
    return {"message": "บึงสามแพรกจะขุดเมื่อไร", "started": started, "once": "k1", "website": "", **fields}


# --- Every public address --------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "path", ["/", "/faq/", "/faq/ask/", "/contact/", "/links/", "/agencies/", "/site-map/", "/about/history/"]
)
def test_each_page_has_one_heading_and_the_readers_language(client, home, prefix, path):
    about = make_page(home, "เกี่ยวกับสำนักงาน", "about")
    make_page(about)
    response = client.get(f"{prefix}{path}")
    assert response.status_code == 200
    assert len(re.findall("<h1[ >]", body(response))) == 1
    assert f'<html lang="{"en" if prefix else "th"}"' in body(response)


@pytest.mark.parametrize("path", ["/", "/faq/", "/links/", "/agencies/"])
def test_empty_pages_say_what_to_do_next(client, home, path):
    text = body(client.get(path))
    assert 'class="void card"' in text or "/knowledge/" in text


# --- Home page -------------------------------------------------------------------------------------------


def test_home_page_has_search_receipt_box_and_the_three_sectors(client, home):
    home.headline = "ช่วยกันคิด ก่อนรัฐตัดสินใจ"
    home.save_revision().publish()
    text = body(client.get("/"))
    assert "ช่วยกันคิด" in text
    assert 'action="/search/"' in text
    assert 'action="/r/"' in text
    assert text.count("<h3><svg") == 3


def test_english_home_page_stays_in_english_addresses(client, home):
    text = body(client.get("/en/"))
    assert 'action="/en/search/"' in text
    assert 'action="/en/r/"' in text


def test_home_page_needs_few_queries_however_much_there_is(client, home):
    from tests.factories.hearings import HearingFactory

    now = timezone.now()
    HearingFactory.open(now)
    client.get("/")
    few = queries_of(client, "/")
    for _number in range(5):
        HearingFactory.open(now)
    many = queries_of(client, "/")
    assert many <= HOME_BUDGET
    # Only the four shown are looked at; a fifth costs nothing.
    HearingFactory.open(now)
    assert queries_of(client, "/") == many
    assert few <= many


# --- Standard pages --------------------------------------------------------------------------------------


def test_a_policy_shows_its_version_and_its_neighbours(client, home):
    policies = make_page(home, "นโยบาย", "policies")
    make_page(policies, "คุกกี้", "cookies")
    make_page(policies, "ข้อมูลส่วนบุคคล", "privacy", version="2569-1")
    text = body(client.get("/policies/privacy/"))
    assert "2569-1" in text
    assert 'href="/policies/cookies/"' in text
    assert 'aria-current="page"' in text


def test_a_section_lists_its_pages_and_hides_drafts(client, home):
    about = make_page(home, "เกี่ยวกับ", "about")
    make_page(about, "ความเป็นมา", "history")
    make_page(about, "ร่าง", "draft").unpublish()
    text = body(client.get("/about/"))
    assert "/about/history/" in text
    assert "/about/draft/" not in text


# --- Staff area (A032) -----------------------------------------------------------------------------------


@pytest.fixture
def staff_page(home):
    page = make_page(home, "สำหรับเจ้าหน้าที่", "staff")
    make_page(page, "ร่างภายใน", "internal")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get_or_create(name=Role.STRATEGY)[0])
    return page


def test_restricted_pages_open_for_their_group_only(client, staff_page):
    assert client.get("/staff/internal/").status_code == 302
    client.force_login(make_person())
    assert client.get("/staff/internal/").status_code == 302
    client.force_login(make_person(Role.STRATEGY))
    assert client.get("/staff/internal/").status_code == 200


@pytest.mark.parametrize("path", ["/site-map/", "/sitemap.xml", "/", "/en/site-map/"])
def test_restricted_pages_are_on_no_list(client, staff_page, path):
    make_page(staff_page.get_parent(), "ช่วยเหลือ", "help")
    text = body(client.get(path))
    assert "/staff/" not in text
    assert "ร่างภายใน" not in text


def test_restricted_pages_are_not_searchable(staff_page):
    assert not [document for document in documents() if document.url.startswith("/staff/")]


# --- FAQ -------------------------------------------------------------------------------------------------


def test_the_faq_shows_published_entries_by_category(client):
    make_question("ต้องสมัครไหม")
    make_question("ยังไม่ตรวจ", published=False)
    text = body(client.get("/faq/"))
    assert "ต้องสมัครไหม" in text
    assert "ยังไม่ตรวจ" not in text


def test_the_faq_finds_words_of_both_languages(client):
    make_question("ต้องสมัครไหม", question_en="Need an account?", answer_en="No.")
    make_question("เปิดกี่โมง", category="อื่น ๆ")
    text = body(client.get("/faq/", {"q": "ACCOUNT"}))
    assert "ต้องสมัครไหม" in text
    assert "เปิดกี่โมง" not in text


def test_the_faq_in_english_falls_back_to_thai_with_its_language_marked(client):
    make_question("ต้องสมัครไหม", question_en="Need an account?", answer_en="No.")
    make_question("เปิดกี่โมง")
    text = body(client.get("/en/faq/"))
    assert "Need an account?" in text
    assert re.search('<details lang="th"><summary>เปิดกี่โมง', text)


def test_the_faq_needs_the_same_queries_for_many_entries(client):
    make_question()
    client.get("/faq/")
    few = queries_of(client, "/faq/")
    for number in range(20):
        make_question(f"ข้อ {number}", category=f"หมวด {number % 5}")
    assert queries_of(client, "/faq/") == few


def test_faq_entries_come_first_in_search():
    entry = make_question()
    found = [document for document in documents() if document.key == f"home.faqentry:{entry.pk}"]
    assert found[0].boost > 1
    assert found[0].url == f"/faq/#{entry.anchor}"
    FaqEntry.objects.update(is_published=False)
    assert not [document for document in documents() if document.kind == "faq"]


# --- Writing to the office -------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "kind"), [("/contact/", "contact"), ("/faq/ask/", "question")])
def test_a_message_is_stored_and_its_page_shows_the_number(client, path, kind):
    response = client.post(path, payload())
    ticket = Ticket.objects.get()
    assert (ticket.kind, response.status_code, response.url) == (kind, 302, ticket.get_absolute_url())
    page = client.get(response.url)
    assert ticket.number in body(page)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]


def test_pressing_the_button_twice_stores_one(client):
    form = payload()
    first, second = client.post("/contact/", form), client.post("/contact/", form)
    assert first.url == second.url
    assert Ticket.objects.count() == 1


def test_two_people_get_two_different_keys_in_the_form(client):
    keys = {re.search('name="once" value="(.*?)"', body(client.get("/contact/")))[1] for _ in range(2)}
    assert len(keys) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"message": ""},
        {"message": "\u200b \u200b"},
        {"message": "ก" * 4001},
        {"email": "somsri@"},
        {"phone": "โทรมา"},
        {"name": "ก" * 121},
        {"website": "http://spam.example"},
        {"started": "made up"},
        {"started": signing.dumps(99999999999, salt=SALT)},
    ],
)
def test_a_wrong_form_is_explained_and_keeps_what_was_typed(client, wrong):
    response = client.post("/contact/", payload(**{"name": "สมศรี", **wrong}))
    assert response.status_code == 422
    assert 'class="err"' in body(response)
    assert wrong.get("name", "สมศรี") in body(response)
    assert not Ticket.objects.exists()


def test_a_robot_in_a_hurry_meets_a_clear_refusal(client):
    for number in range(10):
        assert client.post("/contact/", payload(once=f"k{number}", message=f"ข้อ {number}")).status_code == 302
    response = client.post("/contact/", payload(once="k99", message="ข้อความที่พิมพ์ไว้"))
    assert response.status_code == 429
    assert "ข้อความที่พิมพ์ไว้" in body(response)
    assert Ticket.objects.count() == 10


@pytest.mark.parametrize("query", ["", "?key=", "?key=wrong", "?key=ก"])
def test_without_the_key_nobody_reads_a_message(client, query):
    ticket = make_ticket("เรื่องส่วนตัว")
    assert client.get(f"/contact/{ticket.number}/{query}").status_code == 404


def test_a_number_that_does_not_exist_is_not_found(client):
    assert client.get("/contact/2569-99999/?key=x").status_code == 404


# --- Desk ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["", Role.MEMBER, Role.CHANGE_AGENT, Role.MONITORING])
def test_the_queue_is_closed_to_those_who_may_not_answer(client, role):
    ticket = make_ticket("เรื่องส่วนตัว")
    client.force_login(make_person(role))
    assert client.get("/desk/tickets/").status_code == 403
    assert client.post(f"/desk/tickets/{ticket.number}/", {"action": "close"}).status_code == 403


def test_staff_answer_promote_and_close_at_the_desk(client):
    ticket = make_ticket("ต้องสมัครไหม")
    client.force_login(make_person(Role.STRATEGY))
    assert ticket.number in body(client.get("/desk/tickets/"))
    address = f"/desk/tickets/{ticket.number}/"
    assert client.post(address, {"action": "answer", "text": ""}).status_code == 422
    assert client.post(address, {"action": "answer", "text": "ไม่ต้อง"}).status_code == 302
    category = make_question().category
    words = {"action": "promote", "category": category.pk, "question": "ต้องสมัครไหม", "answer": "ไม่ต้อง"}
    assert client.post(address, words).status_code == 302
    assert client.post(address, {"action": "close"}).status_code == 302
    assert client.get(address).status_code == 200
    ticket.refresh_from_db()
    assert (ticket.state, ticket.faq_entry.is_published) == ("closed", False)
    assert "ไม่ต้อง" in body(client.get(ticket.get_absolute_url()))


@pytest.mark.parametrize("query", ["?state=made-up", "?state=closed", "?state=answered"])
def test_an_unknown_state_is_no_error(client, query):
    client.force_login(make_person(Role.OFFICE_HEAD))
    assert client.get(f"/desk/tickets/{query}").status_code == 200


# --- Links and agencies ----------------------------------------------------------------------------------


def test_staff_links_are_shown_to_staff_only(client):
    make_link()
    make_link("https://mail.example.go.th/", title="จดหมาย", category="staff")
    assert "mail.example.go.th" not in body(client.get("/links/"))
    client.force_login(make_person(Role.ADMINISTRATION))
    assert "mail.example.go.th" in body(client.get("/links/"))


def test_agencies_are_filtered_and_sorted_as_in_a_dictionary(client):
    for name in ("เทศบาลเมืองชุมแสง", "กรมชลประทาน", "แขวงทางหลวง"):
        make_agency(name)
    make_agency("มหาวิทยาลัยนเรศวร", kind="academic", abbreviation="มน.")
    names = [agency.name for agency in Agency.objects.filter(kind="department")]
    assert names == ["กรมชลประทาน", "แขวงทางหลวง", "เทศบาลเมืองชุมแสง"]
    assert "กรมชลประทาน" not in body(client.get("/agencies/", {"kind": "academic"}))
    assert "นเรศวร" in body(client.get("/agencies/", {"q": "มน."}))


@pytest.mark.parametrize("query", [{"kind": "x"}, {"province": "99"}, {"q": "ก" * 500}])
def test_a_senseless_filter_is_explained(client, query):
    make_agency()
    response = client.get("/agencies/", query)
    assert response.status_code == 200
    assert 'class="err"' in body(response)


@pytest.mark.parametrize("path", ["/agencies/?page=99", "/agencies/?page=x", "/desk/tickets/x/"])
def test_what_does_not_exist_is_not_found(client, path):
    client.force_login(make_person(Role.OFFICE_HEAD))
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/faq/?q=%00", "/agencies/?q=%00&kind=%00", "/contact/x/?key=%00"])
def test_a_nul_character_is_refused(client, path):
    assert client.get(path).status_code == 400


def test_the_csv_opens_in_excel_and_runs_no_formula(client):
    make_agency("=1+1", name_en="@SUM(A1)")
    text = b"".join(client.get("/agencies.csv").streaming_content).decode()
    assert text.startswith("\ufeffname_th")
    assert "'=1+1,'@SUM(A1)" in text


def test_the_json_holds_the_same_agencies(client):
    make_agency(abbreviation="ชป.")
    assert client.get("/agencies.json").json()["agencies"][0]["abbreviation"] == "ชป."


def test_agencies_need_the_same_queries_for_many(client):
    make_agency()
    client.get("/agencies/")
    few = queries_of(client, "/agencies/")
    for number in range(30):
        make_agency(f"สำนักงาน {number}", province_id="60")
    assert queries_of(client, "/agencies/") <= few + 1


# --- Site map and machines -------------------------------------------------------------------------------


def test_the_site_map_shows_the_tree_in_few_queries(client, home):
    about = make_page(home, "เกี่ยวกับ", "about")
    client.get("/site-map/")
    few = queries_of(client, "/site-map/")
    for number in range(MANY + 5):
        make_page(about, f"หน้า {number}", f"page-{number}")
    assert queries_of(client, "/site-map/") == few
    text = body(client.get("/site-map/"))
    assert "/about/" in text
    assert text.count("/about/page-") == MANY - 2


def test_the_english_site_map_uses_english_titles_and_marks_thai_ones(client, home):
    about = make_page(home, "เกี่ยวกับ", "about")
    make_page(home, "ช่วยเหลือ", "help")
    english = about.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title = "About"
    english.save_revision().publish()
    text = body(client.get("/en/site-map/"))
    assert ">About</a>" in text
    assert re.search('href="/en/help/" lang="th"', text)


def test_sitemap_xml_has_thai_and_english_addresses(client, home):
    make_page(home, "เกี่ยวกับ", "about")
    text = body(client.get("/sitemap.xml"))
    for path in ("/about/", "/faq/", "/en/faq/", "/en/"):
        assert f"<loc>http://testserver{path}</loc>" in text
    assert text.count("<loc>http://testserver/</loc>") == 1


def test_robots_are_kept_out_of_private_places(client):
    text = body(client.get("/robots.txt"))
    for line in (
        "Disallow: /admin/",
        "Disallow: /r/",
        "Disallow: /en/search/?",
        "Sitemap: http://testserver/",
    ):
        assert line in text


def test_security_txt_names_a_contact_and_an_end(client):
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Contact: http://testserver/contact/" in body(response)
    assert re.search(r"Expires: \d{4}-\d\d-\d\dT00:00:00Z|Expires: \d{4}-\d\d-\d\dT", body(response))
