"""A canvas of 1280 × 720 that is drawn at twice the size and shrunk, so that edges come out soft."""

import random
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1280, 720
SCALE = 2
Point = tuple[float, float]


class Canvas:
    """Shapes in picture coordinates (0…1280, 0…720); `random` is seeded by the picture's name."""

    def __init__(self, name: str) -> None:
        self.random = random.Random(name)  # noqa: S311
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self.draw = ImageDraw.Draw(self.image)

    def shape(self, points: list[Point], colour: str) -> None:
        """A filled polygon."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle from its upper left corner."""
        self.shape([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour)

    def disc(self, x: float, y: float, radius: float, colour: str, flat: float = 1.0) -> None:
        """A filled ellipse; `flat` is its height over its width."""
        low = radius * flat
        corners = ((x - radius) * SCALE, (y - low) * SCALE, (x + radius) * SCALE, (y + low) * SCALE)
        self.draw.ellipse(corners, fill=colour)

    def line(self, points: list[Point], colour: str, width: float) -> None:
        """An open line with round joints."""
        self.draw.line(
            [(x * SCALE, y * SCALE) for x, y in points],
            fill=colour,
            width=round(width * SCALE),
            joint="curve",
        )

    def fade(self, top: str, bottom: str, start: float = 0, end: float = HEIGHT) -> None:
        """A band that runs from one colour to the other, from side to side."""
        size = (WIDTH * SCALE, round((end - start) * SCALE))
        mask = Image.linear_gradient("L").resize(size)
        band = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask)
        self.image.paste(band, (0, round(start * SCALE)))

    def glow(self, x: float, y: float, radius: float, colour: str, strength: int = 150) -> None:
        """Light around a lamp or the sun."""
        side = round(radius * 2 * SCALE)
        small = Image.radial_gradient("L").resize((side, side))
        # Pillow's gradient is 181 at the middle of a side; quadratic, so that the light has no visible edge.
        mask = small.point([round(strength * (1 - min(value, 181) / 181) ** 2) for value in range(256)])
        place = (round((x - radius) * SCALE), round((y - radius) * SCALE))
        self.image.paste(Image.new("RGB", (side, side), colour), place, mask)

    def mirror(self, horizon: float, tint: str, amount: float = 0.45) -> None:
        """Water below the horizon: the picture above it upside down, blurred and tinted."""
        line = round(horizon * SCALE)
        depth = HEIGHT * SCALE - line
        above = self.image.crop((0, max(0, line - depth), WIDTH * SCALE, line))
        water = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((WIDTH * SCALE, depth))
        # Blurring a small copy is as good to the eye and far cheaper.
        water = water.reduce(8).filter(ImageFilter.BoxBlur(2)).resize((WIDTH * SCALE, depth))
        tinted = Image.blend(water, Image.new("RGB", water.size, ImageColor.getrgb(tint)), amount)
        self.image.paste(tinted, (0, line))

    def jpeg(self) -> bytes:
        """The finished picture."""
        out = BytesIO()
        self.image.reduce(SCALE).save(out, "JPEG", quality=82, optimize=True, progressive=True)
        return out.getvalue()
