"""The one list of topics the demo's news, hearings, lessons and documents share (requirements A187, A235, A238)."""

from __future__ import annotations

from core.models import Topic

# slug: (Thai, English)
TOPICS = {
    "water": ("น้ำ", "Water"),
    "farming": ("เกษตร", "Farming"),
    "tourism": ("ท่องเที่ยวชุมชน", "Community tourism"),
    "otop": ("สินค้าชุมชนและ OTOP", "Local products and OTOP"),
    "environment": ("สิ่งแวดล้อม", "Environment"),
    "ageing": ("สังคมสูงวัย", "Ageing society"),
    "roads": ("ถนนและการเดินทาง", "Roads and transport"),
    "disasters": ("ภัยพิบัติ", "Disasters"),
    "community": ("ความเข้มแข็งของชุมชน", "Strong communities"),
    "health": ("สุขภาพ", "Health"),
    "plans": ("แผนและงบประมาณ", "Plans and budgets"),
    "working-together": ("การทำงานร่วมกัน", "Working together"),
}


def topic(slug: str) -> Topic:
    """The topic, made if it is missing; one an editor renamed stays as it is."""
    name, name_en = TOPICS[slug]
    found = Topic.objects.filter(slug=slug).first() or Topic.objects.filter(name=name).first()
    return found or Topic.objects.create(slug=slug, name=name, name_en=name_en)


def topics(*slugs: str) -> list[Topic]:
    return [topic(slug) for slug in slugs]
