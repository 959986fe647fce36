"""What every engine must do, run on tantivy and on a real Elasticsearch node."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines import FACETS, Ask, Changes, Filters, Gone, IndexMissingError, Order
from search.engines.tantivy_engine import TantivyEngine
from search.text import canonical, query_words
from tests.search.conftest import doc

NO_FILTERS = Filters()


def keys_for(engine, question: str, filters: Filters = NO_FILTERS) -> set[str]:
    found = engine.search(Ask(query_words(canonical(question)).weights, filters, 50))
    return {candidate.document.key for candidate in found.candidates}


SENTENCES = {
    "a": "เมื่อวานน้ำท่วมบ้านเรือนริมคลองหลายหลัง",
    "b": "นายกเทศบาลออกไปพบชาวบ้านทุกวันพุธ",
    "c": "แผนของจังหวัดต้องผ่านการรับฟังความเห็นก่อน",
    "d": "เขตเทศบาลเมืองตะพานหินประกาศหยุดจ่ายน้ำประปา",
}


@pytest.mark.parametrize(("word", "keys"), [("น้ำท่วม", {"a"}), ("เทศบาล", {"b", "d"}), ("จังหวัด", {"c"})])
def test_words_are_found_inside_sentences_without_spaces(engine, word, keys):
    """P119."""
    engine.rebuild(doc(key, "", body) for key, body in SENTENCES.items())
    assert keys_for(engine, word) == keys


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ("คำสั่งที่ ๑๑๐/๒๕๖๘", "110/2568"),
        ("คำสั่งที่ 110/2568", "๑๑๐/๒๕๖๘"),
        ("น\u0e4d\u0e49\u0e32ท่วม", "น้ำท่วม"),
        ("น้ำ\u200bท่วม", "น้ำ\u200cท่วม"),
        ("Flooding in the district", "floods"),
        ("มติ ก.บ.จ. ครั้งที่ 2", "กบจ"),
        ("ประกาศองค์การบริหารส่วนตำบลท่าตะโก", "อบต."),
        ("โครงการที่กำเเพงเพชร", "กำแพงเพชร"),
    ],
)
def test_spelling_does_not_matter(engine, body, question):
    engine.rebuild([doc("yes", "", body), doc("no", "", "เรื่องอื่น")])
    assert keys_for(engine, question) == {"yes"}


def test_documents_come_back_as_they_went_in(engine):
    moment = dt.datetime(2026, 11, 24, 3, 42, tzinfo=dt.UTC)
    document = doc(
        "a",
        "แก้มลิง",
        "เก็บน้ำ",
        date=moment,
        provinces=("60", "66"),
        topics=("water",),
        detail="พิจิตร",
        boost=1.5,
    )
    engine.rebuild([document])
    [candidate] = engine.search(Ask({"แก้มลิง": 1.0}, limit=10)).candidates
    assert candidate.document == document
    assert candidate.score > 0


def test_words_can_be_required_and_excluded(engine):
    engine.rebuild(doc(key, "", body) for key, body in SENTENCES.items())
    words = {"เทศบาล": 1.0, "น้ำท่วม": 1.0}

    def keys(**more) -> set[str]:
        return {c.document.key for c in engine.search(Ask(words, **more)).candidates}

    assert keys() == {"a", "b", "d"}
    assert keys(required=((("เทศบาล",), ("บ้านเรือน",)),)) == {"a", "b", "d"}
    assert keys(required=((("เทศบาล",),), (("ประปา", "น้ำ"), ("ชาวบ้าน",)))) == {"b", "d"}
    assert keys(excluded=(("ชาวบ้าน",), ("น้ำท่วม", "ไม่มีคำนี้"))) == {"a", "d"}
    assert {c.document.key for c in engine.search(Ask({}, excluded=(("น้ำท่วม",),))).candidates} == {
        "b",
        "c",
        "d",
    }


def test_the_newest_come_first_when_asked(engine):
    days = {"old": 2560, "new": 2569, "middle": 2565}
    engine.rebuild(
        doc(key, "น้ำท่วม", date=dt.datetime(year - 543, 12, 31, 18, tzinfo=dt.UTC))
        for key, year in days.items()
    )
    found = engine.search(Ask({"น้ำท่วม": 1.0}, order=Order.NEWEST, facets=("year",)))
    assert [c.document.key for c in found.candidates] == ["new", "middle", "old"]
    # New Year's Eve in London is the next year here.
    assert found.of("year") == {"2561": 1, "2566": 1, "2570": 1}


def test_the_pieces_of_one_thing_are_searched_alone(engine):
    engine.rebuild(
        [doc("a", "", "ถนน", part_of="h:1"), doc("b", "", "ถนน", part_of="h:2"), doc("c", "", "ถนน")]
    )
    assert keys_for(engine, "ถนน", Filters(part_of="h:1")) == {"a"}


def test_what_is_gone_is_neither_found_nor_counted_nor_known(engine):
    engine.rebuild(
        [
            doc("page:1", "น้ำท่วม", provinces=("60",)),
            doc("page:2", "น้ำท่วม แก้มลิง", provinces=("66",)),
            doc("comment:3", "", "น้ำท่วม ถนน", provinces=("66",), part_of="hearing:1"),
        ]
    )
    words = {"น้ำท่วม": 1.0, "แก้มลิง": 1.0, "ถนน": 1.0}

    def found(gone: Gone) -> tuple[set[str], dict[str, int], set[str]]:
        answer = engine.search(Ask(words, gone=gone, facets=("province",), tell_unknown=True))
        assert answer.total == len(answer.candidates)
        assert {word for word, n in engine.frequencies(words, gone).items() if not n} == answer.unknown
        return {c.key for c in answer.candidates}, dict(answer.of("province")), set(answer.unknown)

    assert found(Gone()) == ({"page:1", "page:2", "comment:3"}, {"60": 1, "66": 2}, set())
    assert found(Gone(keys=frozenset({"page:2"}))) == ({"page:1", "comment:3"}, {"60": 1, "66": 1}, {"แก้มลิง"})
    whole = Gone(wholes=frozenset({"hearing:1"}))
    assert found(whole) == ({"page:1", "page:2"}, {"60": 1, "66": 1}, {"ถนน"})
    assert found(whole | Gone(keys=frozenset({"page:2"}))) == ({"page:1"}, {"60": 1}, {"แก้มลิง", "ถนน"})
    assert {c.key for c in engine.search(Ask({}, only=frozenset({"page:2", "x:9"}))).candidates} == {"page:2"}


def test_of_what_says_the_same_in_two_languages_the_readers_version_answers(engine):
    engine.rebuild(
        [
            doc("thai", "น้ำท่วม gistda", same_as="1", provinces=("60",)),
            doc("english", "flood gistda", same_as="1", provinces=("60",), language="en"),
            doc("not in thai", "gistda", same_as="2", language="en"),
            doc("comment", "gistda", provinces=("60",)),
            doc("another", "gistda", provinces=("66",)),
        ]
    )
    others = {"not in thai", "comment", "another"}

    def found(word: str, language: str, **more) -> tuple[set[str], dict[str, int]]:
        ask = Ask({word: 1.0}, language=language, facets=("province",), **more)
        answer = engine.search(ask)
        assert answer.total == len(answer.candidates)
        return {c.key for c in answer.candidates}, dict(answer.of("province"))

    assert found("gistda", "") == ({"thai", "english", *others}, {"60": 3, "66": 1})
    assert found("gistda", "th") == ({"thai", *others}, {"60": 2, "66": 1})
    assert found("gistda", "en") == ({"english", *others}, {"60": 2, "66": 1})
    assert found("gistda", "th", filters=Filters(province="60")) == ({"thai", "comment"}, {"60": 2, "66": 1})
    assert found("flood", "th") == ({"english"}, {"60": 1})  # the only one with the word
    hidden = Gone(keys=frozenset({"thai"}))
    assert found("gistda", "th", gone=hidden) == ({"english", *others}, {"60": 2, "66": 1})


def test_filters_narrow_and_counts_ignore_their_own_filter(engine):
    engine.rebuild(
        [
            doc("n1", "น้ำท่วม", kind="news", provinces=("60",)),
            doc("n2", "น้ำท่วม", kind="news", provinces=("60", "66")),
            doc("l1", "น้ำท่วม", kind="lesson", provinces=("66",), topics=("water",)),
            doc("x", "ถนน", kind="news", provinces=("66",)),
        ]
    )
    words = {"น้ำท่วม": 1.0}
    found = engine.search(Ask(words, Filters(kind="news", province="66"), facets=("kind", "province")))
    assert [c.document.key for c in found.candidates] == ["n2"]
    assert found.total == 1
    assert found.of("kind") == {"news": 1, "lesson": 1}
    assert found.of("province") == {"60": 2, "66": 1}
    assert keys_for(engine, "น้ำท่วม", Filters(topic="water")) == {"l1"}
    assert keys_for(engine, "น้ำท่วม", Filters(kind="unknown")) == set()


def test_total_counts_more_than_the_limit(engine):
    engine.rebuild(doc(str(i), "น้ำท่วม") for i in range(12))
    found = engine.search(Ask({"น้ำท่วม": 1.0}, limit=5))
    assert (len(found.candidates), found.total) == (5, 12)


def test_indexing_again_replaces(engine):
    engine.rebuild([doc("a", "ถนน")])
    engine.apply(lambda: Changes([doc("a", "สะพาน")]))
    assert keys_for(engine, "ถนน") == set()
    assert keys_for(engine, "สะพาน") == {"a"}
    assert engine.count() == 1


def test_deleting_takes_out_and_may_be_repeated(engine):
    engine.rebuild([doc("a", "ถนน"), doc("b", "ถนน")])
    engine.apply(lambda: Changes(gone=["a", "never there"]))
    engine.apply(lambda: Changes(gone=["a"]))
    assert keys_for(engine, "ถนน") == {"b"}
    assert engine.keys() == {"b"}


def test_rebuilding_replaces_everything(engine):
    engine.rebuild([doc("old", "ถนน")])
    assert engine.rebuild([doc("new", "ถนน"), doc("newer", "ถนน")]) == 2
    assert engine.keys() == {"new", "newer"}


def test_a_rebuild_that_fails_leaves_the_old_index(engine):
    def broken():
        yield doc("new", "ถนน")
        raise KeyError("the database went away")

    engine.rebuild([doc("old", "ถนน")])
    with pytest.raises(KeyError):
        engine.rebuild(broken())
    assert engine.keys() == {"old"}
    engine.apply(lambda: Changes([doc("later", "ถนน")]))
    assert engine.keys() == {"old", "later"}


def test_word_frequencies(engine):
    engine.rebuild([doc("a", "ถนน"), doc("b", "ถนน สะพาน")])
    assert engine.frequencies(["ถนน", "สะพาน", "เรือ"]) == {"ถนน": 2, "สะพาน": 1, "เรือ": 0}
    assert engine.frequencies([]) == {}


def test_words_within_some_errors(engine):
    engine.rebuild([doc("a", "", "Flooding น้ำท่วม"), doc("b", "", "Lessons"), doc("c", "", "fold")])

    def near(word: str, errors: int) -> set[str]:
        return {c.document.key for c in engine.search(Ask({}, near=word, errors=errors)).candidates}

    assert near("flod", 1) == {"a", "c"}
    assert near("lessson", 2) == {"b"}
    assert not near("zzzzqqqq", 2)
    assert not near('"*', 1)


def test_status_says_what_is_there(engine):
    engine.rebuild([doc("a", "ถนน")])
    status = engine.status()
    assert (status.ready, status.documents, status.engine) == (True, 1, engine.name)
    assert status.updated is not None
    assert engine.is_ready()


def test_very_long_documents_and_strange_words_are_indexed(engine):
    engine.rebuild([doc("a", "x", "ก" * 40_000 + " น้ำท่วม " + "z" * 40_000)])
    assert keys_for(engine, "น้ำท่วม") == {"a"}


def test_a_word_that_was_taken_out_is_not_known_any_more(engine):
    engine.rebuild([doc("a", "ถนน"), doc("b", "ถนน")])
    engine.apply(lambda: Changes([doc("a", "สะพาน")], gone=["b"]))
    assert engine.frequencies(["ถนน", "สะพาน"]) == {"ถนน": 0, "สะพาน": 1}
    assert engine.search(Ask({}, facets=("kind",))).of("kind") == {"page": 1}


def test_equal_documents_stand_in_the_order_of_their_keys(engine):
    keys = ["d", "b", "e", "a", "c"]
    engine.rebuild(doc(key, "ถนน") for key in keys)
    engine.apply(lambda: Changes([doc("c", "ถนน")]))
    for order in Order:
        found = engine.search(Ask({"ถนน": 1.0}, order=order))
        assert [c.document.key for c in found.candidates] == sorted(keys)


@pytest.mark.parametrize("part", ["variety", "topic", "sector", "issue", "year"])
def test_every_filter_narrows_and_is_counted(engine, part):
    moment = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    values = {"variety": "caution", "topics": ("water", "road"), "sectors": ("women",), "issues": ("2.1",)}
    engine.rebuild([doc("yes", "ถนน", date=moment, **values), doc("no", "ถนน")])
    value = {"variety": "caution", "topic": "road", "sector": "women", "issue": "2.1", "year": "2569"}[part]
    found = engine.search(Ask({"ถนน": 1.0}, Filters(**{part: value}), facets=(part,)))
    assert [c.document.key for c in found.candidates] == ["yes"]
    assert found.of(part)[value] == 1


def test_a_changed_piece_stays_with_what_it_is_a_piece_of(engine):
    engine.rebuild([doc("a", "ถนน", part_of="h:1"), doc("b", "ถนน", part_of="h:2")])
    engine.apply(lambda: Changes([doc("a", "ถนนใหม่", part_of="h:1")], gone=["b"]))
    assert keys_for(engine, "ถนน", Filters(part_of="h:1")) == {"a"}
    assert keys_for(engine, "ถนน", Filters(part_of="h:2")) == set()


def test_words_with_more_weight_count_more(engine):
    engine.rebuild([doc("road", "ถนน"), doc("bridge", "สะพาน")])
    for heavy, first in (("ถนน", "road"), ("สะพาน", "bridge")):
        words = {"ถนน": 0.5, "สะพาน": 0.5} | {heavy: 1.0}
        assert engine.search(Ask(words)).candidates[0].document.key == first


def test_letters_of_every_kind_come_back_as_they_were(engine):
    body = "น้ำ “ท่วม” ½ é 🌊 中文 – 100 ฿"
    engine.rebuild([doc("a", "น้ำ 🌊", body), doc("b", "ถนน", "“สะพาน” 5 ฿…")])
    found = engine.search(Ask({}, order=Order.NEWEST)).candidates
    assert [(c.document.key, c.document.body) for c in found] == [("a", body), ("b", "“สะพาน” 5 ฿…")]


def test_a_missing_index_is_told_and_a_rebuild_mends_it(engine):
    told = []
    engine.on_missing = lambda: told.append(1)
    engine.remove()
    for ask in (engine.count, lambda: engine.search(Ask({"ก": 1.0})), lambda: engine.frequencies(["ก"])):
        with pytest.raises(IndexMissingError):
            ask()
    with pytest.raises(IndexMissingError):
        engine.apply(lambda: Changes([doc("a", "ถนน")]))
    assert len(told) == 4
    assert not engine.status().ready
    engine.rebuild([doc("a", "ถนน")])
    assert engine.keys() == {"a"}


def test_changes_wait_until_there_is_an_index_and_never_make_half_a_one(engine):
    engine.remove()
    with pytest.raises(IndexMissingError):
        engine.apply(lambda: Changes([doc("a", "ถนน")]))
    assert not engine.is_ready()


WORDS = [
    "น้ำ",
    "ถนน",
    "สะพาน",
    "ตลาด",
    "วัด",
    "โรงเรียน",
    "เทศบาล",
    "จังหวัด",
    "อำเภอ",
    "ชาวบ้าน",
    "ป่า",
    "ข้าว",
    "ปลา",
    "คลอง",
    "บึง",
    "ขยะ",
    "ไฟฟ้า",
    "รถ",
    "เด็ก",
    "หมอ",
]


def test_both_engines_put_documents_in_the_same_order(elastic, tmp_path):
    random = Random(5)
    documents = [
        doc(f"{i:03}", random.choice(WORDS), " ".join(random.choices(WORDS, k=random.randint(5, 80))))
        for i in range(150)
    ]
    tantivy = TantivyEngine(tmp_path / "same")
    for made in (tantivy, elastic):
        made.rebuild(documents)
    for _ in range(25):
        asked = Ask(dict.fromkeys(random.sample(WORDS, 3), 1.0) | {random.choice(WORDS): 0.5}, limit=20)
        a, b = tantivy.search(asked), elastic.search(asked)
        assert a.total == b.total
        assert [c.document.key for c in a.candidates] == [c.document.key for c in b.candidates]


STRANGE = [
    "",
    " ",
    '"',
    "'; DROP TABLE x; --",
    "*:*",
    "a AND (",
    "/.*/",
    "[* TO *]",
    "\\",
    "{!x}",
    "ก" * 10_000,
    "\u200b",
    "🌊",
    "\ufffe",
]
strange = st.sampled_from(STRANGE) | st.text(max_size=40)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(strange, max_size=6), values=st.lists(strange, min_size=3, max_size=3))
def test_no_word_and_no_filter_is_too_strange_to_be_asked(engine, words, values):
    group = ((tuple(words),),) if words else ()
    filters = Filters(kind=values[0], year=values[1], part_of=values[2])
    for ask in (
        Ask(dict.fromkeys(words, 1.0), filters, facets=tuple(FACETS)),
        Ask({}, filters, required=group, excluded=tuple(group[0] if group else ()), order=Order.NEWEST),
    ):
        assert engine.search(ask).total == 0  # nothing is in this index
    assert set(engine.frequencies(words).values()) <= {0}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=strange, body=strange)
def test_no_text_is_too_strange_to_be_indexed(engine, title, body):
    engine.apply(lambda: Changes([doc("a", title, body)]))
    [found] = engine.search(Ask({})).candidates
    assert (found.document.title, found.document.body) == (canonical(title), canonical(body))
