"""Printed forms filled in by made-up people with made-up pens, then scanned or photographed: pictures with known truth."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from hearings.form_places import Box
from hearings.paper_reading.plane import Plane

A4 = (210.0, 297.0)
Ink = tuple[int, int, int]
BLUE, BLACK, RED = (25, 35, 130), (20, 20, 25), (190, 30, 40)
PENCIL, FAINT = (120, 120, 125), (168, 168, 172)


def printed(pdf: bytes, dpi: int) -> list[Image.Image]:
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]


def _stroke(draw, dots: list[tuple[float, float]], box: Box, scale: float, ink: Ink, width: float) -> None:
    at = [((box.x + x * box.size) * scale, (box.y + y * box.size) * scale) for x, y in dots]
    draw.line(at, fill=ink, width=max(1, round(width * scale)), joint="curve")


def tick(draw, box, scale, ink, hand) -> None:
    dots = [(0.15, 0.5), (0.42, 0.85), (hand.uniform(0.85, 1.25), hand.uniform(-0.25, 0.15))]
    _stroke(draw, dots, box, scale, ink, hand.uniform(0.35, 0.7))


def cross(draw, box, scale, ink, hand) -> None:
    over, width = hand.uniform(-0.1, 0.2), hand.uniform(0.35, 0.7)
    _stroke(draw, [(over, over), (1 - over, 1 - over)], box, scale, ink, width)
    _stroke(draw, [(1 - over, over), (over, 1 - over)], box, scale, ink, width)


def slash(draw, box, scale, ink, hand) -> None:
    _stroke(draw, [(0.1, 0.95), (0.95, 0.05)], box, scale, ink, hand.uniform(0.35, 0.7))


def filled(draw, box, scale, ink, hand) -> None:
    x, y, half = (box.x + box.size / 2) * scale, (box.y + box.size / 2) * scale, box.size * scale * 0.45
    draw.ellipse((x - half, y - half, x + half, y + half), fill=ink)


def scribble(draw, box, scale, ink, hand) -> None:
    dots = [(0.15 + 0.07 * step, 0.2 if step % 2 else 0.8) for step in range(11)]
    _stroke(draw, dots, box, scale, ink, 0.4)


def dot(draw, box, scale, ink, hand) -> None:
    x, y, half = (box.x + box.size / 2) * scale, (box.y + box.size / 2) * scale, 0.9 * scale
    draw.ellipse((x - half, y - half, x + half, y + half), fill=ink)


KINDS: tuple[Callable, ...] = (tick, tick, tick, cross, cross, slash, filled, scribble, dot)


def fill_in(
    page: Image.Image, boxes: list[Box], hand: random.Random, share: float = 0.3, inks: tuple[Ink, ...] = ()
) -> dict[tuple[str, str], bool]:
    """Marks about ``share`` of the boxes; returns which."""
    draw, scale, truth = ImageDraw.Draw(page), page.width / A4[0], {}
    for box in boxes:
        truth[box.field, box.value] = hand.random() < share
        if truth[box.field, box.value]:
            mark(draw, box, scale, hand, inks or (BLUE, BLUE, BLACK, RED, PENCIL))
    return truth


def mark(
    draw, box: Box, scale: float, hand: random.Random, inks: tuple[Ink, ...] = (BLUE,), kind=None
) -> None:
    """Nobody hits the middle."""
    off = 0.08 * box.size
    moved = Box(
        page=box.page, field=box.field, value=box.value, is_round=box.is_round, size=box.size,
        x=box.x + hand.uniform(-off, off), y=box.y + hand.uniform(-off, off),
    )  # fmt: skip
    (kind or hand.choice(KINDS))(draw, moved, scale, hand.choice(inks), hand)


def noisy(picture: Image.Image, sigma: float) -> Image.Image:
    noise = Image.effect_noise(picture.size, sigma)
    return ImageChops.add(picture, Image.merge("RGB", [noise] * 3), scale=1, offset=-128)


def jpeg(picture: Image.Image, quality: int = 60) -> bytes:
    saved = io.BytesIO()
    picture.save(saved, "JPEG", quality=quality)
    return saved.getvalue()


def scanned(page: Image.Image, hand: random.Random, *, angle: float = 3.0, sigma: float = 10) -> Image.Image:
    """Laid on the glass a little askew, a little enlarged."""
    turned = page.rotate(
        hand.uniform(-angle, angle), Image.Resampling.BICUBIC, fillcolor=(250, 250, 250), expand=True
    )
    size = hand.uniform(0.93, 1.07)
    sized = turned.resize((round(turned.width * size), round(turned.height * size)), Image.Resampling.BICUBIC)
    return noisy(sized, sigma)


def photographed(
    page: Image.Image, hand: random.Random, *, tilt: float = 0.05, sigma: float = 12
) -> Image.Image:
    """On a wooden table, from the side, the shadow of a hand over it, not quite sharp."""
    width, height = round(page.width * 1.2), round(page.height * 1.15)

    def about(x: float, y: float) -> tuple[float, float]:
        return (x + hand.uniform(-tilt, tilt)) * width, (y + hand.uniform(-tilt, tilt)) * height

    seen = [about(0.09, 0.08), about(0.91, 0.08), about(0.91, 0.92), about(0.09, 0.92)]
    corners = [
        (0.0, 0.0),
        (page.width, 0.0),
        (float(page.width), float(page.height)),
        (0.0, float(page.height)),
    ]
    back = Plane.through(seen, corners)
    numbers = (back.a, back.b, back.c, back.d, back.e, back.f, back.g, back.h)
    sheet = page.transform(
        (width, height),
        Image.Transform.PERSPECTIVE,
        numbers,
        Image.Resampling.BICUBIC,
        fillcolor=(96, 70, 48),
    )
    return noisy(shaded(sheet, hand).filter(ImageFilter.GaussianBlur(page.width / A4[0] * 0.12)), sigma)


def shaded(picture: Image.Image, hand: random.Random) -> Image.Image:
    """Darker towards one corner, and a blurred hand; drawn small, since shadows are soft."""
    width, height = picture.width // 6, picture.height // 6
    light = Image.linear_gradient("L").rotate(hand.choice((0, 90, 180, 270))).resize((width, height))
    light = light.point(lambda value: 165 + value * 90 // 255)
    shadow = Image.new("L", (width, height), 255)
    x, y, reach = hand.uniform(0.2, 0.8) * width, hand.uniform(0.3, 0.9) * height, width * 0.22
    ImageDraw.Draw(shadow).ellipse((x - reach, y - reach, x + reach, y + reach * 1.6), fill=150)
    light = ImageChops.multiply(light, shadow.filter(ImageFilter.GaussianBlur(width * 0.012)))
    light = light.resize(picture.size, Image.Resampling.BILINEAR)
    return ImageChops.multiply(picture, Image.merge("RGB", [light] * 3))
