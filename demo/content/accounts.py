"""People of the demo: one account for each role, change agents, organisations of the network. All names are invented.

The password is public, so accounts.demo_guard keeps any other settings from starting with these accounts.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.demo_guard import DEMO_EMAIL_DOMAIN
from accounts.enums import ChangeAgentKind
from accounts.models import ChangeAgent, NetworkMember, User
from accounts.models.network import CONSENT_VERSION
from accounts.roles import STAFF_ROLES, Role
from core.enums import Sector
from demo.topics import topics
from geography.models import Province

PASSWORD = "two-rivers-2569"

# role: (title, first name, last name, province)
PEOPLE: dict[Role, tuple[str, str, str, str]] = {
    Role.OFFICE_HEAD: ("นาย", "ธนากร", "วงศ์สวรรค์", ""),
    Role.ADMINISTRATION: ("นางสาว", "พิมพ์ชนก", "ศรีบรรพต", ""),
    Role.STRATEGY: ("นาง", "อรวรรณ", "ทองประเสริฐ", ""),
    Role.MONITORING: ("นาย", "กิตติศักดิ์", "พูลผล", ""),
    Role.PROVINCE_COORDINATOR: ("นางสาว", "วราภรณ์", "บึงสีไฟ", "66"),
    Role.CHANGE_AGENT: ("นาย", "บุญส่ง", "เกยไชย", "60"),
    Role.MEMBER: ("นาง", "สมพร", "ลานดอกไม้", "62"),
}

# name, kind, (province, district, sub-district), village, topics, bio, consent day, role whose account it is
AGENTS: list[dict[str, Any]] = [
    {
        "display_name": "นายบุญส่ง เกยไชย", "kind": ChangeAgentKind.VILLAGE_HEAD,
        "place": ("60", "6003", "600304"), "village_no": 4, "role": Role.CHANGE_AGENT,
        "topics": ("disasters", "water"), "phone": "056 000 141", "agreed": dt.date(2026, 8, 14),
        "bio": "ตั้งกลุ่มเฝ้าระวังระดับน้ำยมกับน่านร่วมกับหมู่บ้านข้างเคียง รู้วิธีเตือนกันก่อนน้ำถึงบ้าน 6 ชั่วโมง",
    },
    {
        "display_name": "นางลำดวน ทุ่งทอง", "kind": ChangeAgentKind.LOCAL_SAGE,
        "place": ("61", "6105", "610502"), "village_no": 7,
        "topics": ("farming", "water"), "phone": "056 000 152", "agreed": dt.date(2026, 7, 2),
        "bio": "ทำนาใช้น้ำน้อย สลับเปียกสลับแห้งมา 11 ปี ยินดีให้มาดูแปลงช่วงเดือนธันวาคม",
    },
    {
        "display_name": "นายสมนึก ศรีน่าน", "kind": ChangeAgentKind.KAMNAN,
        "place": ("66", "6605", "660501"), "village_no": 1,
        "topics": ("environment", "water"), "phone": "056 000 163", "agreed": dt.date(2026, 9, 21),
        "bio": "ชวนห้าตำบลเก็บผักตบชวาทำปุ๋ย แบ่งเวรกันทุกวันเสาร์ต้นเดือน",
    },
    {
        "display_name": "นางสาวจันทร์เพ็ญ คลองลาน", "kind": ChangeAgentKind.COMMUNITY_LEADER,
        "place": ("62", "6203", "620301"), "village_no": None,
        "topics": ("tourism", "community"), "phone": "", "agreed": dt.date(2026, 6, 9),
        "bio": "ดูแลกลุ่มท่องเที่ยวชุมชนบนดอย จัดคิวรถและที่พักไม่ให้แย่งลูกค้ากัน",
    },
    {
        "display_name": "นายประสิทธิ์ ชุมแสง", "kind": ChangeAgentKind.DISTRICT_CHIEF,
        "place": ("60", "6003", None), "village_no": None,
        "topics": ("disasters", "working-together"), "phone": "056 000 174", "agreed": dt.date(2026, 10, 1),
        "bio": "ประสานการเปิดปิดประตูน้ำกับชลประทานและผู้นำสิบสองตำบล",
    },
    {
        # Has not agreed to be shown: the directory must leave this person out.
        "display_name": "นายทองดี หนองฉาง", "kind": ChangeAgentKind.VILLAGE_HEAD,
        "place": ("61", "6104", None), "village_no": 2, "topics": (), "phone": "", "agreed": None,
        "bio": "",
    },
]  # fmt: skip

# name in Thai, name in English, sector, province
MEMBERS: list[tuple[str, str, Sector, str]] = [
    *(
        (f"{thai}จังหวัด{name}", f"{english}, {name_en}", Sector.PRIVATE, code)
        for code, name, name_en in (
            ("60", "นครสวรรค์", "Nakhon Sawan"),
            ("61", "อุทัยธานี", "Uthai Thani"),
            ("62", "กำแพงเพชร", "Kamphaeng Phet"),
            ("66", "พิจิตร", "Phichit"),
        )
        for thai, english in (("หอการค้า", "Chamber of Commerce"), ("สภาอุตสาหกรรม", "Federation of Industries"))
    ),
    ("ชมรมธนาคารจังหวัดนครสวรรค์", "Bankers' Club, Nakhon Sawan", Sector.PRIVATE, "60"),
    ("มหาวิทยาลัยราชภัฏนครสวรรค์", "Nakhon Sawan Rajabhat University", Sector.ACADEMIC, "60"),
    ("มหาวิทยาลัยราชภัฏกำแพงเพชร", "Kamphaeng Phet Rajabhat University", Sector.ACADEMIC, "62"),
    ("สมาคมองค์การบริหารส่วนตำบลจังหวัดพิจิตร", "Association of Sub-district Administrations, Phichit", Sector.LOCAL_GOV, "66"),
    ("สภาองค์กรชุมชนจังหวัดอุทัยธานี", "Community Organisations Council, Uthai Thani", Sector.CIVIL_SOCIETY, "61"),
    ("สำนักงานพัฒนาชุมชนจังหวัดนครสวรรค์", "Community Development Office, Nakhon Sawan", Sector.GOVERNMENT, "60"),
]  # fmt: skip


def load() -> None:
    """Safe to repeat: who exists is left as the admin has it."""
    for role, (title, first, last, province) in PEOPLE.items():
        _account(role, title=title, first_name=first, last_name=last, province_id=province or None)
    for data in AGENTS:
        _agent(data)
    for name, name_en, sector, province in MEMBERS:
        NetworkMember.objects.get_or_create(
            name=name, defaults={"name_en": name_en, "sector": sector, "province_id": province or None}
        )


def email_of(role: Role) -> str:
    return f"{role.value}@{DEMO_EMAIL_DOMAIN}"


def sign_ins() -> list[tuple[str, str, str]]:
    """(role, e-mail, password) of every demo account, for the start to print."""
    rows = []
    for role, (_title, _first, _last, province) in PEOPLE.items():
        where = f" ({Province.objects.get(pk=province)})" if role == Role.PROVINCE_COORDINATOR else ""
        rows.append((f"{role.label}{where}", email_of(role), PASSWORD))
    return rows


def _account(role: Role, **names: Any) -> None:
    email = email_of(role)
    if User.objects.filter(email=email).exists():
        return
    user = User.objects.create_user(email, PASSWORD, is_staff=role in STAFF_ROLES, **names)
    user.groups.add(Group.objects.get(name=role.value))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)


def _agent(data: dict[str, Any]) -> None:
    province, district, subdistrict = data["place"]
    agent, created = ChangeAgent.objects.get_or_create(
        display_name=data["display_name"],
        defaults={
            "kind": data["kind"],
            "province_id": province,
            "district_id": district,
            "subdistrict_id": subdistrict,
            "village_no": data["village_no"],
            "bio": data["bio"],
            "phone": data["phone"],
            "publish_phone": bool(data["phone"]),
            "consent_to_publish": data["agreed"] is not None,
            "consent_version": CONSENT_VERSION if data["agreed"] else "",
            "consented_on": data["agreed"],
            "user": User.objects.get(email=email_of(data["role"])) if "role" in data else None,
        },
    )
    if created:
        agent.full_clean()
        agent.topics.set(topics(*data["topics"]))
