"""Questions of the demo's hearings and what people answered. Answers come from the same seed at every loading."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from accounts.models import User
from demo.places import place
from hearings.enums import Capacity, QuestionKind
from hearings.models import Hearing, Question, QuestionRevision
from hearings.services.answers import AnswerData
from hearings.services.questions import QuestionData, add_question

# Of ten people on the website so many answer a question; who calls or speaks at a meeting is not asked.
ANSWERS_OF_TEN = 8


def lines(*labels: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": thai, "label_en": english} for thai, english in labels]


# ``only_if``: number of the deciding question and its options. ``weights``: how often which line is chosen.
QUESTIONS: dict[str, list[dict[str, Any]]] = {
    "bueng-sam-phraek": [
        {
            "kind": QuestionKind.SINGLE,
            "text": "เมื่อปี 2564 น้ำท่วมบ้านหรือนาของท่านหรือไม่",
            "text_en": "Were your house or fields flooded in 2021?",
            "options": lines(
                ("ท่วม", "Yes"), ("ไม่ท่วม", "No"), ("ตอนนั้นไม่ได้อยู่ที่นี่", "I did not live here then")
            ),
            "weights": (12, 6, 3),
        },
        {
            "kind": QuestionKind.NUMBER,
            "text": "น้ำท่วมอยู่กี่วัน",
            "text_en": "For how many days?",
            "help": "ประมาณเอาก็ได้ นับจากวันแรกที่เข้าบ้านหรือนาไม่ได้",
            "help_en": "Your best guess, from the first day you could not get in.",
            "limits": {"min": 1, "max": 120, "unit": "วัน", "unit_en": "days"},
            "only_if": (1, ["a1"]),
        },
        {
            "kind": QuestionKind.MULTIPLE,
            "text": "ระหว่างก่อสร้าง ท่านกังวลเรื่องใด",
            "text_en": "What worries you about the months of construction?",
            "options": lines(
                ("ต้องอ้อมทางไกล", "The long detour"),
                ("ฝุ่นและเสียงรถขนดิน", "Dust and noise of the lorries"),
                ("เด็กนักเรียนเดินทางไม่ปลอดภัย", "Children on their way to school"),
                ("ค่าชดเชยมาช้า", "Late compensation"),
                ("หาปลาหรือเลี้ยงสัตว์ในบึงไม่ได้", "No fishing or grazing at the marsh"),
                ("ไม่กังวล", "Nothing"),
            ),
            "limits": {"most": 3},
            "weights": (9, 6, 8, 5, 3, 2),
        },
        {
            "kind": QuestionKind.RANKING,
            "text": "ถ้าเงินไม่พอทำพร้อมกัน ควรทำสิ่งใดก่อน",
            "text_en": "If the money does not suffice for everything, what should come first?",
            "options": lines(
                ("ขุดลอกบึง", "Dredging the marsh"),
                ("ท่อลอดและประตูน้ำ", "Culverts and gates"),
                ("คันกั้นน้ำ", "The embankment"),
                ("ทางเบี่ยงที่ปลอดภัย", "A safe detour"),
            ),
            "weights": (9, 6, 3, 4),
        },
        {
            "kind": QuestionKind.MATRIX,
            "text": "ช่วงเวลาใดขนดินผ่านหมู่บ้านได้",
            "text_en": "When may lorries pass through the village?",
            "rows": lines(
                ("เช้า 06.00–08.00 น.", "6 to 8 in the morning"),
                ("กลางวัน 08.00–15.00 น.", "8 in the morning to 3 in the afternoon"),
                ("เลิกเรียน 15.00–17.00 น.", "3 to 5 in the afternoon"),
                ("เย็น 17.00–20.00 น.", "5 to 8 in the evening"),
            ),
            "options": lines(("ขนได้", "They may"), ("ไม่ควรขน", "Better not"), ("อย่างไรก็ได้", "I do not mind")),
            "row_weights": ((1, 8, 1), (9, 1, 3), (1, 9, 1), (4, 5, 3)),
        },
        {
            "kind": QuestionKind.SCALE,
            "text": "สรุปและร่างนี้อ่านเข้าใจง่ายเพียงใด",
            "text_en": "How easy was this draft to read?",
            "limits": {"min": 1, "max": 5, "min_label": "ยากมาก", "min_label_en": "very hard",
                       "max_label": "ง่ายมาก", "max_label_en": "very easy"},
            "weights": (1, 2, 4, 9, 7),
        },
        {
            "kind": QuestionKind.PLACE,
            "text": "บ้านหรือนาของท่านอยู่ที่ใด",
            "text_en": "Where is your house or field?",
            "help": "บอกถึงตำบลก็พอ เราใช้ดูว่าน้ำควรไปถึงที่ใด",
            "help_en": "The sub-district is enough. It tells us where the water should go.",
        },
        {
            "kind": QuestionKind.LONG_TEXT,
            "text": "มีอะไรเกี่ยวกับบึงที่ท่านรู้ แต่ร่างยังไม่ได้เขียน",
            "text_en": "What do you know about the marsh that the draft does not say?",
            "help": "เช่น ที่ปลาวางไข่ ทางวัวเดิน จุดที่น้ำไหลแรง",
            "help_en": "For example where fish spawn, where cattle walk, where the current is strong.",
            "limits": {"longest": 1000},
            "words": {
                0: "ปลายคลองหมู่ 9 มีตอไม้ใหญ่ขวางอยู่สามต้น ตัดออกแล้วน้ำเดินดีขึ้นทันที",
                5: "ปลาตะเพียนกับปลาสร้อยขึ้นมาวางไข่ที่ชายน้ำทิศใต้ ปลายเดือนมิถุนายนถึงกลางเดือนกรกฎาคม",
                8: "ตรงศาลเจ้าพ่อ น้ำวนแรงมากในหน้าน้ำ เคยมีเรือล่มเมื่อปี 2554",
                11: "เป็ดกับควายลงน้ำที่ท่าต้นมะขามมาตลอด ทางลงอื่นชันเกิน",
                14: "หลักเขตเดิมของบึงเป็นหลักหิน ยังอยู่สองหลักใต้กอไผ่ ผู้เฒ่าชี้ได้",
                16: "นักเรียนวัดความลึกไว้ 24 จุดเมื่อปีที่แล้ว ยินดีให้ใช้ข้อมูล",
                21: "หน้าแล้งปี 2558 บึงแห้งจนเดินข้ามได้ ควายติดหล่มตายสองตัวตรงกลางบึง",
                24: "มีนกเป็ดแดงมาอยู่ราวสามร้อยตัวช่วงธันวาคมถึงกุมภาพันธ์",
            },
        },
    ],
    "action-plan-2571": [
        {
            "kind": QuestionKind.SCALE,
            "text": "ร่างแผนนี้ตรงกับความเดือดร้อนในพื้นที่ของท่านเพียงใด",
            "text_en": "How well does this draft fit the needs of your area?",
            "limits": {"min": 1, "max": 5, "min_label": "ไม่ตรงเลย", "min_label_en": "not at all",
                       "max_label": "ตรงมาก", "max_label_en": "very well"},
            "weights": (3, 5, 9, 11, 6),
        },
        {
            "kind": QuestionKind.MULTIPLE,
            "text": "เรื่องใดควรได้เงินก่อน",
            "text_en": "Which matters should get money first?",
            "options": lines(
                ("น้ำ", "Water"),
                ("ราคาข้าวและสินค้าเกษตร", "Prices of rice and other crops"),
                ("สังคมสูงวัย", "An ageing society"),
                ("ลดการเผา", "Less burning"),
                ("ท่องเที่ยวชุมชน", "Community tourism"),
            ),
            "limits": {"most": 2},
            "weights": (12, 9, 7, 3, 1),
        },
        {
            "kind": QuestionKind.SINGLE,
            "text": "ท่านรู้เรื่องการรับฟังนี้จากที่ใด",
            "text_en": "How did you hear about this hearing?",
            "options": lines(
                ("หอกระจายข่าว", "The village loudspeaker"),
                ("ผู้ใหญ่บ้านหรือ อสม.", "Village head or health volunteer"),
                ("ป้ายประกาศ", "A notice board"),
                ("ไลน์หรือเฟซบุ๊ก", "LINE or Facebook"),
                ("เว็บไซต์นี้", "This website"),
            ),
            "weights": (6, 11, 2, 9, 6),
        },
        {
            "kind": QuestionKind.SHORT_TEXT,
            "text": "ถ้ามีเงินทำได้เพียงเรื่องเดียวในตำบลของท่าน ควรเป็นเรื่องใด",
            "text_en": "If only one thing could be done in your sub-district, what should it be?",
            "words": {
                0: "ลอกคลองหอไกร",
                1: "ห้องเย็นรวมของกลุ่มกล้วยไข่",
                3: "น้ำกินบนดอย",
                4: "รถรับส่งคนแก่ไปโรงพยาบาล",
                8: "ค่าตัดอ้อยสดบนเนิน",
                10: "สระน้ำประจำตำบล",
                13: "ไฟส่องทางหน้าโรงเรียน",
            },
        },
    ],
}  # fmt: skip


def ask(hearing: Hearing, head: User, now: dt.datetime) -> None:
    """Put the questions of the story on a hearing that has none yet."""
    if hearing.questions.exists():
        return
    asked: list[Question] = []
    for words in QUESTIONS.get(hearing.slug, []):
        data = QuestionData(**{name: words[name] for name in QuestionData.__annotations__ if name in words})
        if "only_if" in words:
            number, options = words["only_if"]
            data.show_if.update(question=str(asked[number - 1].key), options=options)
        asked.append(add_question(hearing=hearing, actor=head, data=data, now=now))


def answers(hearing: Hearing, number: int, saying: dict[str, Any]) -> list[AnswerData]:
    """What the writer of this comment answered. Village heads and organisations answer like everybody."""
    story = QUESTIONS.get(hearing.slug, [])
    if not story or saying.get("via"):
        return []
    asked = Question.objects.asked(hearing)
    given = []
    for place_in_form, (revision, words) in enumerate(zip(asked, story, strict=True)):
        rng = random.Random(f"{hearing.slug}/{number}/{place_in_form}")
        if "words" not in words and rng.randrange(10) >= ANSWERS_OF_TEN:
            continue
        if "only_if" in words and not _is_asked(words["only_if"], asked, given):
            continue
        value = _value(revision, words, rng, number, saying)
        if value is not None:
            given.append(AnswerData(revision, value))
    return given


def _is_asked(rule: tuple[int, list[str]], asked: list[QuestionRevision], given: list[AnswerData]) -> bool:
    deciding, options = asked[rule[0] - 1], rule[1]
    return any(answer.revision == deciding and answer.value in options for answer in given)


def _value(
    revision: QuestionRevision,
    words: dict[str, Any],
    rng: random.Random,
    number: int,
    saying: dict[str, Any],
) -> Any:
    keys = [line["key"] for line in revision.options]
    match revision.kind:
        case QuestionKind.SINGLE:
            return rng.choices(keys, words["weights"])[0]
        case QuestionKind.MULTIPLE:
            return _some(keys, words["weights"], rng.randint(1, revision.limit("most", 2)), rng)
        case QuestionKind.SCALE:
            return rng.choices(range(1, 6), words["weights"])[0]
        case QuestionKind.RANKING:
            return _some(keys, words["weights"], len(keys), rng)
        case QuestionKind.MATRIX:
            rows = zip(revision.rows, words["row_weights"], strict=True)
            return {row["key"]: rng.choices(keys, weights)[0] for row, weights in rows}
        case QuestionKind.NUMBER:
            return rng.choice((3, 7, 10, 12, 14, 15, 19, 21, 30, 45))
        case QuestionKind.PLACE:
            areas = place(saying["place"])
            return {level: area.pk for level, area in areas.items()} if len(areas) > 1 else None
        case _:
            return words["words"].get(number)


def _some(keys: list[str], weights: tuple[int, ...], count: int, rng: random.Random) -> list[str]:
    """So many of them, the likely ones first."""
    order = sorted(zip(keys, weights, strict=True), key=lambda pair: -(rng.random() ** (1 / pair[1])))
    return [key for key, _weight in order[:count]]


# --- people who answered the questions and wrote nothing ----------------------------------------------------

SHORT_ANSWERS = {"action-plan-2571": 34}
PLACES = (
    "พิจิตร/บางมูลนาก/หอไกร", "พิจิตร/โพทะเล/บางคลาน", "นครสวรรค์/ตาคลี/หนองหม้อ", "นครสวรรค์/ชุมแสง/ชุมแสง",
    "อุทัยธานี/เมืองอุทัยธานี/อุทัยใหม่", "อุทัยธานี/บ้านไร่/แก่นมะกรูด", "กำแพงเพชร/เมืองกำแพงเพชร/ไตรตรึงษ์",
    "นครสวรรค์/ชุมแสง/เกยไชย",
)  # fmt: skip


def short_answers(slug: str) -> list[dict[str, Any]]:
    """Most people tick and write nothing: they count like those who write."""
    found = []
    for number in range(SHORT_ANSWERS.get(slug, 0)):
        rng = random.Random(f"{slug}/short/{number}")
        found.append(
            {
                "stance": rng.choices(("agree", "partly", "against"), (6, 4, 2))[0],
                "sector": rng.choices(("citizen", "private", "local_gov", "government"), (9, 3, 2, 1))[0],
                "place": rng.choice(PLACES),
                "reason": "",
                "suggestion": "",
                "capacity": Capacity.SELF,
            }
        )
    return found
