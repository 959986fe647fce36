"""Photos and PDF files as scanners and phones make them, and a village's sheet."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from typing import Any

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from geography.models import Subdistrict
from hearings.models import Hearing, ProxyBatch
from hearings.services.batch_data import BatchData, RowData
from hearings.services.batches import save_batch


def photo(
    colour: str = "white", name: str = "ใบที่ 14.jpg", size: tuple[int, int] = (60, 80)
) -> SimpleUploadedFile:
    """With the place where it was taken, as every phone writes it."""
    file, picture = io.BytesIO(), Image.new("RGB", size, colour)
    exif = picture.getexif()
    exif[0x010F] = "SECRET-CAMERA"
    picture.save(file, "JPEG", exif=exif)
    return SimpleUploadedFile(name, file.getvalue())


def pdf(pages: int = 2, name: str = "scan.pdf") -> SimpleUploadedFile:
    document, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    for number in range(pages):
        document.new_page(200 + number, 300)
    document.save(file)
    return SimpleUploadedFile(name, file.getvalue())


def place() -> Subdistrict:
    return Subdistrict.objects.select_related("district__province").filter(district__province_id="60").first()


def batch_data(now: dt.datetime, **fields: Any) -> BatchData:
    here = place()
    values: dict[str, Any] = {
        "held_on": now.date(), "people": 34, "heads": {"agree": 11, "partly": 9, "against": 7, "other": 4},
        "province": here.district.province, "district": here.district, "subdistrict": here, "village_no": 6,
        **fields,
    }  # fmt: skip
    return BatchData(**values)


ROWS = [
    RowData(stance="against", reason="รถดินวิ่งเร็ว", name="ป้าสำเนียง", agreed=True, agreed_name=True),
    RowData(stance="partly", reason="ขอให้หยุดช่วงเลิกเรียน", name="ลุงบุญช่วย", agreed=True),
    RowData(stance="agree", name="ครูแดง"),
]


def save(hearing: Hearing, by: User, now: dt.datetime, **changes: Any) -> ProxyBatch:
    values: dict[str, Any] = {
        "data": batch_data(now), "rows": ROWS, "idempotency_key": uuid.uuid4(), **changes,
    }  # fmt: skip
    return save_batch(hearing=hearing, by=by, now=now, **values)
