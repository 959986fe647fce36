"""Pictures of the demo, drawn by us: two rivers, paddies, roofs and people in the colours of the site.

``picture(name, title, kind)`` returns the same CustomImage every time it is asked for the same name. Nobody's
face and nobody's photograph is used, so nothing needs a release. A picture weighs 15 to 60 KB (WebP).
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from core.models import CustomImage

Point = tuple[float, float]
Colour = str

SIZE = (1200, 800)
SCALE = 2  # drawn larger and shrunk, for smooth edges
WIDTH, HEIGHT = SIZE[0] * SCALE, SIZE[1] * SCALE

PAPER, WHITE = "#faf8f3", "#fffefb"
PING, PING_DEEP, PING_LIGHT = "#5f9ea0", "#073a44", "#a9cdce"
NAN, NAN_DARK = "#b9765a", "#93412a"
STRAW, LEAF = "#f0bc42", "#1d6842"
GREENS = ["#dfe6cf", "#cfdcc0", "#bfd2b4", "#a9c4a0", "#b7cfa9"]
STRAWS = ["#ecdfb8", "#f1e8cc", "#e6d3a0", "#e9dcae"]
SKINS = ["#8a5a3c", "#a06a48", "#7a4d33"]
SHIRTS = ["#0b5360", "#93412a", "#1d6842", "#3f4e8c", "#f0bc42", "#fffefb", "#b9765a"]

DESCRIPTIONS = {
    "river": "ภาพวาด: แม่น้ำสองสีไหลมารวมเป็นสายเดียวกลางทุ่งนา",
    "fields": "ภาพวาด: ทุ่งนาหลายแปลงกับแนวเขา มีแม่น้ำสายหนึ่งไหลผ่าน",
    "meeting": "ภาพวาด: ชาวบ้านนั่งล้อมวงประชุมหน้าศาลากลางหมู่บ้าน",
    "village": "ภาพวาด: บ้านใต้ถุนสูงกับต้นไม้เรียงรายริมทุ่งนา",
    "flood": "ภาพวาด: น้ำท่วมทุ่ง เห็นหลังคาบ้านและยอดไม้พ้นน้ำ",
    "road": "ภาพวาด: ถนนเล็กเลียบคลองตัดผ่านทุ่งนา",
    "plan": "ภาพวาด: ผังแปลงนาและลำน้ำมองจากด้านบน มีหมุดบอกจุดสำคัญ",
    "forest": "ภาพวาด: ป่าชุมชนบนเนินเขาเหนือทุ่งนา",
    "board": "ภาพวาด: ป้ายไม้ติดประกาศตั้งอยู่ริมทุ่งนา",
}


def picture(name: str, title: str, kind: str = "fields", description: str = "") -> CustomImage:
    """The picture called ``name`` (ASCII, used as file name), drawn on first use. Kinds: see DESCRIPTIONS."""
    filename = f"demo-{name}.webp"
    found = CustomImage.objects.filter(file__endswith=f"/{filename}").first()
    if found and found.file.storage.exists(found.file.name):
        return found
    content = draw(name, kind)
    image = found or CustomImage(width=SIZE[0], height=SIZE[1])
    image.title = title[:255]
    image.description = (description or DESCRIPTIONS[kind])[:255]
    image.credit = "ภาพวาดประกอบตัวอย่าง ทีมงานประชาคม"
    if found:
        found.file.storage.save(found.file.name, ContentFile(content))
    else:
        image.file.save(filename, ContentFile(content), save=False)
    image.width, image.height = SIZE  # saving the file empties them: Django's reader does not finish WebP
    image.file_size = len(content)
    image.save()
    return image


def draw(name: str, kind: str) -> bytes:
    """The bytes of a WebP picture; the same name and kind give the same bytes."""
    rng = random.Random(f"{name}/{kind}")
    canvas = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    SCENES[kind](canvas, rng)
    small = canvas.resize(SIZE, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=78, method=6)
    return out.getvalue()


# --- Parts of a scene --------------------------------------------------------------------------------------


def px(x: float, y: float) -> Point:
    """A place on the canvas in hundredths of its width and height."""
    return x * WIDTH / 100, y * HEIGHT / 100


def mix(a: Colour, b: Colour, share: float) -> Colour:
    first, second = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (a, b))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(first, second, strict=True))


def sky(canvas: Image.Image, rng: random.Random, horizon: float, top: Colour = "#cfe3e3") -> None:
    pen = ImageDraw.Draw(canvas)
    height = int(horizon * HEIGHT / 100)
    for y in range(0, height, 4):
        pen.rectangle((0, y, WIDTH, y + 4), fill=mix(top, "#fcf1d2", (y / height) ** 1.4))
    x, y = px(rng.uniform(15, 85), horizon * rng.uniform(0.35, 0.6))
    for radius, share in ((150, 0.55), (110, 0.3), (76, 0.0)):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=mix(STRAW, "#fcf1d2", share))


def hills(canvas: Image.Image, rng: random.Random, horizon: float) -> None:
    pen = ImageDraw.Draw(canvas)
    for layer, colour in enumerate(("#bcd3d1", "#9fc0bb", "#86ad9f")):
        phase, swing = rng.uniform(0, 6), rng.uniform(3, 6) * (1 - layer * 0.25)
        base = horizon - 3 + layer * 1.5
        crest = [
            px(
                x,
                base - swing * (0.6 + 0.5 * math.sin(x / 13 + phase) + 0.35 * math.sin(x / 5.5 + phase * 2)),
            )
            for x in range(101)
        ]
        pen.polygon([*crest, px(100, horizon + 2), px(0, horizon + 2)], fill=colour)


def paddies(canvas: Image.Image, rng: random.Random, horizon: float, wet: bool = False) -> None:
    """Plots in perspective: rows grow towards the reader, bunds between them are light."""
    pen = ImageDraw.Draw(canvas)
    rows = [horizon + (100 - horizon) * (step / 7) ** 1.7 for step in range(9)]
    lean = [rng.uniform(-0.5, 0.5) for _ in rows]
    colours = [*GREENS, *STRAWS, *(["#cfe3e3", PING_LIGHT] if wet else [])]
    for row in range(8):
        top, bottom = rows[row], rows[row + 1]
        count = 11 - row
        shift = rng.uniform(0, 1)
        for column in range(-1, count + 1):
            corners = [
                _plot_corner(column + shift, count, top, lean[row]),
                _plot_corner(column + 1 + shift, count, top, lean[row]),
                _plot_corner(column + 1 + shift, count, bottom, lean[row]),
                _plot_corner(column + shift, count, bottom, lean[row]),
            ]
            colour = rng.choice(colours)
            pen.polygon(corners, fill=colour)
            _furrows(pen, corners, mix(colour, "#6d8a5f", 0.22), 3 + row)
            pen.line([*corners, corners[0]], fill=WHITE, width=3 + row * 2, joint="curve")


def _plot_corner(column: float, count: int, y: float, lean: float) -> Point:
    x = 100 * column / count
    return px(50 + (x - 50) * (0.75 + (y / 100) ** 2) + lean * (y - 50) / 2, y)


def _furrows(pen: ImageDraw.ImageDraw, corners: list[Point], colour: Colour, count: int) -> None:
    a, b, c, d = corners
    for step in range(1, count):
        share = step / count
        left = (a[0] + (d[0] - a[0]) * share, a[1] + (d[1] - a[1]) * share)
        right = (b[0] + (c[0] - b[0]) * share, b[1] + (c[1] - b[1]) * share)
        pen.line((left, right), fill=colour, width=2)


def ribbon(
    canvas: Image.Image, spine: list[Point], near: float, far: float, colour: Colour, bank: Colour = WHITE
) -> None:
    """A river or road along a Bézier spine (in hundredths), growing from ``far`` to ``near`` hundredths wide."""
    pen = ImageDraw.Draw(canvas)
    points = [_bezier(spine, step / 60) for step in range(61)]
    for extra, fill in ((1.35, bank), (1.0, colour)):
        left, right = [], []
        for step, (x, y) in enumerate(points):
            half = (far + (near - far) * (step / 60) ** 1.6) * extra / 2 + (extra - 1) * 0.6
            left.append(px(x - half, y))
            right.append(px(x + half, y))
        pen.polygon([*left, *reversed(right)], fill=fill)
    for step in range(8, 60, 5):
        x, y = points[step]
        length = (far + (near - far) * (step / 60) ** 1.6) * 0.22
        pen.line(
            (px(x - length, y), px(x + length * 0.5, y)), fill=mix(colour, WHITE, 0.45), width=3 + step // 14
        )


def _bezier(spine: list[Point], t: float) -> Point:
    points = spine
    while len(points) > 1:
        points = [
            (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
            for a, b in zip(points, points[1:], strict=False)
        ]
    return points[0]


def tree(
    canvas: Image.Image, x: float, y: float, size: float, rng: random.Random, palm: bool = False
) -> None:
    pen = ImageDraw.Draw(canvas)
    cx, cy = px(x, y)
    unit = size * WIDTH / 100
    pen.line(
        (cx, cy, cx + unit * 0.06, cy - unit * (1.9 if palm else 0.8)),
        fill="#6b5138",
        width=max(4, int(unit * 0.14)),
    )
    if palm:
        top = (cx + unit * 0.06, cy - unit * 1.9)
        for angle in range(-10, 200, 24):
            reach = math.radians(angle)
            tip = (top[0] + math.cos(reach) * unit * 0.8, top[1] - math.sin(reach) * unit * 0.45 + unit * 0.2)
            pen.line((top, tip), fill=LEAF, width=max(5, int(unit * 0.13)))
        return
    for dx, dy, r in ((0, -1.15, 0.62), (-0.42, -0.85, 0.45), (0.42, -0.85, 0.45)):
        shade = mix(LEAF, "#8fb98a", rng.uniform(0.15, 0.5))
        pen.ellipse(
            (cx + (dx - r) * unit, cy + (dy - r) * unit, cx + (dx + r) * unit, cy + (dy + r) * unit),
            fill=shade,
        )


def house(
    canvas: Image.Image, x: float, y: float, size: float, roof: Colour = NAN_DARK, drowned: float = 0
) -> None:
    """A house on stilts; ``drowned`` is how much of it (0 to 1) the water hides."""
    pen = ImageDraw.Draw(canvas)
    cx, cy = px(x, y)
    unit = size * WIDTH / 100
    cy += unit * 0.9 * drowned
    if not drowned:
        for dx in (-0.62, -0.2, 0.2, 0.62):
            pen.rectangle(
                (cx + (dx - 0.035) * unit, cy - unit * 0.5, cx + (dx + 0.035) * unit, cy), fill="#6b5138"
            )
    pen.rectangle((cx - unit * 0.72, cy - unit * 1.05, cx + unit * 0.72, cy - unit * 0.48), fill="#e6d3a0")
    pen.rectangle((cx - unit * 0.5, cy - unit * 0.92, cx - unit * 0.2, cy - unit * 0.62), fill=PING_DEEP)
    pen.rectangle((cx + unit * 0.15, cy - unit * 0.95, cx + unit * 0.42, cy - unit * 0.48), fill="#8b6b47")
    pen.polygon(
        [
            (cx - unit, cy - unit * 0.98),
            (cx - unit * 0.45, cy - unit * 1.7),
            (cx + unit * 0.45, cy - unit * 1.7),
            (cx + unit, cy - unit * 0.98),
        ],
        fill=roof,
    )
    pen.line(
        (cx - unit * 0.45, cy - unit * 1.7, cx + unit * 0.45, cy - unit * 1.7),
        fill=mix(roof, "#000000", 0.25),
        width=8,
    )


def sala(canvas: Image.Image, x: float, y: float, size: float) -> None:
    """The village hall: an open hall with a two-tier roof."""
    pen = ImageDraw.Draw(canvas)
    cx, cy = px(x, y)
    unit = size * WIDTH / 100
    pen.rectangle((cx - unit * 1.3, cy - unit * 0.12, cx + unit * 1.3, cy), fill="#d8c9a4")
    for step in range(6):
        px_x = cx - unit * 1.15 + step * unit * 0.46
        pen.rectangle((px_x - unit * 0.04, cy - unit * 0.95, px_x + unit * 0.04, cy - unit * 0.1), fill=WHITE)
    pen.polygon(
        [
            (cx - unit * 1.6, cy - unit * 0.85),
            (cx - unit * 1.1, cy - unit * 1.3),
            (cx + unit * 1.1, cy - unit * 1.3),
            (cx + unit * 1.6, cy - unit * 0.85),
        ],
        fill=NAN_DARK,
    )
    pen.polygon(
        [(cx - unit * 1.05, cy - unit * 1.25), (cx, cy - unit * 1.95), (cx + unit * 1.05, cy - unit * 1.25)],
        fill=mix(NAN_DARK, NAN, 0.4),
    )
    pen.line(
        [(cx - unit * 1.05, cy - unit * 1.25), (cx, cy - unit * 1.95), (cx + unit * 1.05, cy - unit * 1.25)],
        fill=STRAW,
        width=10,
    )


def person(canvas: Image.Image, x: float, y: float, size: float, rng: random.Random) -> None:
    """Somebody sitting, seen from afar: no face."""
    pen = ImageDraw.Draw(canvas)
    cx, cy = px(x, y)
    unit = size * WIDTH / 100
    shirt = rng.choice(SHIRTS)
    pen.ellipse(
        (cx - unit * 0.8, cy - unit * 0.15, cx + unit * 0.8, cy + unit * 0.2),
        fill=mix(PING_DEEP, "#d8c9a4", 0.55),
    )
    pen.pieslice(
        (cx - unit * 0.62, cy - unit * 0.95, cx + unit * 0.62, cy + unit * 0.95), 180, 360, fill=shirt
    )
    pen.ellipse((cx - unit * 0.3, cy - unit * 1.5, cx + unit * 0.3, cy - unit * 0.9), fill=rng.choice(SKINS))
    pen.pieslice(
        (cx - unit * 0.33, cy - unit * 1.56, cx + unit * 0.33, cy - unit * 0.9), 180, 360, fill="#2a211c"
    )


# --- Scenes ------------------------------------------------------------------------------------------------


def fields(canvas: Image.Image, rng: random.Random) -> None:
    horizon = rng.uniform(30, 38)
    sky(canvas, rng, horizon)
    hills(canvas, rng, horizon)
    paddies(canvas, rng, horizon)
    side = rng.choice((-1, 1))
    spine = [
        (50 + side * 12, horizon),
        (50 - side * 18, horizon + 15),
        (50 + side * 34, 70),
        (50 + side * 12, 104),
    ]
    ribbon(canvas, spine, 17, 1.2, PING)
    for _ in range(5):
        tree(
            canvas,
            rng.uniform(3, 97),
            rng.uniform(horizon + 3, horizon + 12),
            rng.uniform(1.6, 2.6),
            rng,
            palm=rng.random() < 0.4,
        )
    house(canvas, 50 - side * rng.uniform(22, 34), rng.uniform(58, 66), 5.2)


def river(canvas: Image.Image, rng: random.Random) -> None:
    horizon = rng.uniform(24, 30)
    sky(canvas, rng, horizon)
    hills(canvas, rng, horizon)
    paddies(canvas, rng, horizon)
    meet = (50 + rng.uniform(-8, 8), 66)
    left = [
        (rng.uniform(4, 16), horizon),
        (34, horizon + 12),
        (18, 50),
        meet,
        (meet[0], 78),
        (meet[0] - 5, 106),
    ]
    right = [
        (rng.uniform(84, 96), horizon),
        (66, horizon + 12),
        (84, 50),
        meet,
        (meet[0], 78),
        (meet[0] + 7, 106),
    ]
    ribbon(canvas, right, 21, 1.6, NAN)
    ribbon(canvas, left, 21, 1.6, PING)
    for _ in range(4):
        tree(canvas, rng.uniform(3, 97), rng.uniform(horizon + 3, horizon + 10), rng.uniform(1.5, 2.3), rng)
    house(canvas, 86, 76, 5.5)
    tree(canvas, 93, 80, 4.5, rng)
    tree(canvas, 9, 78, 4.8, rng, palm=True)


def meeting(canvas: Image.Image, rng: random.Random) -> None:
    horizon = 34.0
    sky(canvas, rng, horizon)
    hills(canvas, rng, horizon)
    paddies(canvas, rng, horizon)
    pen = ImageDraw.Draw(canvas)
    pen.ellipse((*px(4, 50), *px(96, 108)), fill="#f1e4c3")
    pen.ellipse((*px(8, 53), *px(92, 105)), fill="#f7efdc")
    tree(canvas, 12, 54, 7.5, rng)
    tree(canvas, 90, 52, 6.5, rng)
    sala(canvas, 50, 55, 15)
    seats = 15
    places = [2 * math.pi * (seat + rng.uniform(-0.12, 0.12)) / seats for seat in range(seats)]
    for angle in sorted(places, key=math.sin):
        y = 77 + 15 * math.sin(angle)
        person(canvas, 50 + 33 * math.cos(angle), y, 2.3 + (y - 62) / 30, rng)
    person(canvas, 47, 74, 2.7, rng)
    pen.rectangle((*px(51, 69), *px(58, 74)), fill=WHITE, outline=PING_DEEP, width=6)
    pen.line((*px(52, 71), *px(55, 70.5), *px(57, 72.5)), fill=PING, width=8)


def village(canvas: Image.Image, rng: random.Random) -> None:
    horizon = 36.0
    sky(canvas, rng, horizon)
    hills(canvas, rng, horizon)
    paddies(canvas, rng, horizon)
    ribbon(canvas, [(102, 56), (70, 60), (40, 52), (30, 74), (20, 104)], 16, 3, PING)
    for x, y, size in ((22, 52, 5), (40, 50, 4.5), (60, 51, 5), (80, 54, 5.6), (54, 74, 8.5), (82, 84, 10)):
        tree(canvas, x + size * 1.5, y, size * 0.75, rng, palm=rng.random() < 0.35)
        house(canvas, x + rng.uniform(-2, 2), y, size, roof=rng.choice((NAN_DARK, "#7d5a3c", "#3f6c6f")))
    person(canvas, 66, 84, 2.6, rng)
    person(canvas, 71, 86, 2.7, rng)


def flood(canvas: Image.Image, rng: random.Random) -> None:
    horizon = 34.0
    sky(canvas, rng, horizon, top="#b9c9cc")
    hills(canvas, rng, horizon)
    pen = ImageDraw.Draw(canvas)
    _water(pen, horizon, 100, 0, 100, horizon)
    for _ in range(60):
        x, y = rng.uniform(0, 100), rng.uniform(horizon + 3, 99)
        pen.line((*px(x, y), *px(x + rng.uniform(1.5, 5) * y / 70, y)), fill="#dbe8e6", width=int(3 + y / 18))
    for x, y, size in ((36, 45, 3.8), (16, 48, 4.6), (62, 49, 5), (80, 62, 8), (28, 70, 9)):
        tree(canvas, x + size * 1.5, y - size * 0.6, size * 0.6, rng)
        house(canvas, x, y, size, drowned=0.55)
        line = y - size * 0.35
        _water(pen, line, line + size * 0.9, x - size * 0.9, x + size * 1.9, horizon)
        pen.line((*px(x - size * 1.05, line), *px(x + size * 1.05, line)), fill="#dbe8e6", width=6)
    x, y = px(54, 84)
    pen.polygon([(x - 260, y - 40), (x + 260, y - 40), (x + 190, y + 40), (x - 190, y + 40)], fill="#6b5138")
    person(canvas, 50, 80, 3.2, rng)
    person(canvas, 58, 80, 3.2, rng)


def _water(
    pen: ImageDraw.ImageDraw, top: float, bottom: float, left: float, right: float, horizon: float
) -> None:
    """Flood water between two heights; its colour depends on the height alone, so that pieces join unseen."""
    for row in range(int(top * HEIGHT / 100), int(bottom * HEIGHT / 100)):
        share = min(1, (row * 100 / HEIGHT - horizon) / 70)
        pen.line((left * WIDTH / 100, row, right * WIDTH / 100, row), fill=mix("#a9cdce", "#b08a70", share))


def road(canvas: Image.Image, rng: random.Random) -> None:
    horizon = 35.0
    sky(canvas, rng, horizon)
    hills(canvas, rng, horizon)
    paddies(canvas, rng, horizon)
    ribbon(canvas, [(58, horizon), (52, 50), (84, 66), (86, 106)], 18, 0.9, PING)
    spine = [(50, horizon), (44, 50), (54, 68), (36, 106)]
    ribbon(canvas, spine, 30, 1.2, "#c9bda6", bank="#e9dfc8")
    pen = ImageDraw.Draw(canvas)
    for step in range(16, 60, 7):
        a, b = _bezier(spine, step / 60), _bezier(spine, (step + 3) / 60)
        pen.line((*px(*a), *px(*b)), fill=WHITE, width=4 + step // 4)
    for x, y, size in ((30, 46, 2.2), (24, 52, 3), (12, 66, 5), (72, 46, 2), (93, 60, 4)):
        tree(canvas, x, y, size, rng, palm=rng.random() < 0.5)
    house(canvas, 14, 56, 4.5)


def forest(canvas: Image.Image, rng: random.Random) -> None:
    horizon = 46.0
    sky(canvas, rng, horizon)
    hills(canvas, rng, horizon)
    pen = ImageDraw.Draw(canvas)
    slope = [px(x, 44 - 14 * math.exp(-(((x - 58) / 30) ** 2))) for x in range(0, 101, 2)]
    paddies(canvas, rng, horizon + 14)
    pen.polygon([*slope, px(100, 62), px(0, 62)], fill="#8fb08a")
    spots = sorted(((rng.uniform(-2, 102), rng.uniform(0, 1)) for _ in range(85)), key=lambda spot: spot[1])
    for x, depth in spots:
        top = 46 - 14 * math.exp(-(((x - 58) / 30) ** 2))
        tree(canvas, x, top + (62 - top) * depth, 2.2 + depth * 2, rng)
    ribbon(canvas, [(64, 60), (58, 70), (76, 84), (66, 106)], 13, 1.2, PING)
    person(canvas, 28, 84, 2.6, rng)
    person(canvas, 34, 86, 2.7, rng)


def plan(canvas: Image.Image, rng: random.Random) -> None:
    """The land from above, as on the front page."""
    pen = ImageDraw.Draw(canvas)
    columns, rows = 7, 5
    knots = [
        [
            (column * 100 / columns + rng.uniform(-4, 4), row * 100 / rows + rng.uniform(-5, 5))
            for column in range(-1, columns + 2)
        ]
        for row in range(-1, rows + 2)
    ]
    for row in range(rows + 2):
        for column in range(columns + 2):
            corners = [
                px(*knots[row][column]),
                px(*knots[row][column + 1]),
                px(*knots[row + 1][column + 1]),
                px(*knots[row + 1][column]),
            ]
            colour = rng.choice([*GREENS, *STRAWS])
            pen.polygon(corners, fill=colour)
            _furrows(pen, corners, mix(colour, "#6d8a5f", 0.22), rng.randint(5, 11))
            pen.line([*corners, corners[0]], fill=WHITE, width=8, joint="curve")
    ribbon(canvas, [(78, -4), (72, 30), (40, 30), (56, 66), (60, 106)], 8, 7, NAN)
    ribbon(canvas, [(18, -4), (24, 30), (58, 30), (44, 66), (50, 106)], 8, 7, PING)
    for number, colour in enumerate((STRAW, PING_DEEP, NAN_DARK)):
        x, y = px(rng.choice((14, 24, 76, 86)) + number * 3, 22 + number * 27)
        pen.ellipse((x - 46, y + 66, x + 46, y + 90), fill=mix("#6d8a5f", PAPER, 0.4))
        pen.polygon([(x - 50, y + 12), (x + 50, y + 12), (x, y + 86)], fill=colour)
        pen.ellipse((x - 56, y - 56, x + 56, y + 56), fill=colour)
        pen.ellipse((x - 22, y - 22, x + 22, y + 22), fill=WHITE)


def board(canvas: Image.Image, rng: random.Random) -> None:
    """A notice board on two posts; one sheet is the notice with its code to scan."""
    village(canvas, rng)
    pen = ImageDraw.Draw(canvas)
    for x in (27, 71):
        pen.rectangle((*px(x, 30), *px(x + 2.5, 98)), fill="#8a6a45")
    pen.polygon([px(20, 32), px(50, 16), px(80, 32)], fill=NAN_DARK)
    pen.rectangle((*px(22, 32), *px(78, 84)), fill="#b08a5a", outline="#8a6a45", width=14)
    left = 26.0
    for width in (20, 12, 12):
        top, bottom = 38 + rng.uniform(0, 3), 78 - rng.uniform(0, 4)
        pen.rectangle((*px(left, top), *px(left + width, bottom)), fill=WHITE)
        for line in range(5):
            y = top + 6 + line * 3.6
            pen.line((*px(left + 2, y), *px(left + width - rng.uniform(2, 4), y)), fill=PING_DEEP, width=6)
        pen.rectangle((*px(left + 2, bottom - 12), *px(left + 8, bottom - 3)), fill=PING_DEEP)
        left += width + 2


SCENES: dict[str, Callable[[Image.Image, random.Random], None]] = {
    "river": river,
    "fields": fields,
    "meeting": meeting,
    "village": village,
    "flood": flood,
    "road": road,
    "plan": plan,
    "forest": forest,
    "board": board,
}
