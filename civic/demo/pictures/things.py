"""What a port city has to show: houses, towers, trees, boats, people. Each draws itself on a canvas."""

from math import sin

from civic.demo.pictures.canvas import HEIGHT, WIDTH, Canvas


def hills(canvas: Canvas, base: float, height: float, colour: str) -> None:
    """A soft line of dunes or moor from side to side."""
    phase, pace = canvas.random.uniform(0, 6), canvas.random.uniform(0.004, 0.008)
    crest = [
        (x, base - height * (0.6 + 0.3 * sin(phase + x * pace) + 0.12 * sin(phase * 2 + x * pace * 2.7)))
        for x in range(-10, WIDTH + 30, 12)
    ]
    canvas.shape([*crest, (WIDTH + 20, HEIGHT), (-20, HEIGHT)], colour)


def windows(
    canvas: Canvas, x: float, y: float, columns: int, rows: int, step: tuple[float, float], lit: float
) -> None:
    """A grid of windows, some of them lit."""
    across, down = step
    for column in range(columns):
        for row in range(rows):
            colour = "#ffd98a" if canvas.random.random() < lit else "#33475b"
            canvas.box(x + column * across, y + row * down, across * 0.5, down * 0.58, colour)


def gables(canvas: Canvas, base: float, colours: list[str], lit: float = 0.3, scale: float = 1.0) -> None:
    """A row of narrow houses from side to side."""
    x = -20.0
    while x < WIDTH:
        width = canvas.random.choice([96, 108, 120, 138]) * scale
        gable(canvas, x, base, width, canvas.random.choice(colours), lit)
        x += width + 3 * scale


def gable(canvas: Canvas, x: float, base: float, width: float, wall: str, lit: float) -> None:
    """One house with a stepped or a pointed gable."""
    height = width * canvas.random.uniform(1.7, 2.4)
    canvas.box(x, base - height, width, height, wall)
    if canvas.random.random() < 0.5:
        canvas.shape(
            [(x, base - height), (x + width / 2, base - height - width * 0.68), (x + width, base - height)],
            wall,
        )
    else:
        for step in range(4):
            inset = width * step / 9
            canvas.box(
                x + inset, base - height - width * 0.16 * (step + 1), width - 2 * inset, width * 0.18, wall
            )
    windows(canvas, x + width * 0.14, base - height + width * 0.18, 3, 4, (width * 0.28, width * 0.46), lit)


def blocks(canvas: Canvas, base: float, colours: list[str], lit: float = 0.3) -> None:
    """Tall estate blocks with rows of windows."""
    x = -30.0
    while x < WIDTH:
        width = canvas.random.choice([130, 170, 210])
        storeys = canvas.random.randint(6, 12)
        height = storeys * 34 + 20
        canvas.box(x, base - height, width, height, canvas.random.choice(colours))
        windows(canvas, x + 14, base - height + 16, width // 34, storeys, (32, 34), lit)
        x += width + canvas.random.choice([24, 60, 90])


def tree(canvas: Canvas, x: float, base: float, size: float, colour: str) -> None:
    """A round tree of three crowns."""
    canvas.box(x - size * 0.05, base - size * 0.6, size * 0.1, size * 0.6, "#5b4636")
    for dx, dy, radius in ((-0.24, -0.72, 0.3), (0.24, -0.74, 0.3), (0, -1.0, 0.36)):
        canvas.disc(x + dx * size, base + dy * size, radius * size, colour)


def trees(canvas: Canvas, base: float, number: int, colours: list[str], size: float = 130) -> None:
    """Trees along the whole width, evenly but not exactly."""
    for place in range(number):
        x = WIDTH * (place + 0.5 + canvas.random.uniform(-0.25, 0.25)) / number
        tree(canvas, x, base, size * canvas.random.uniform(0.8, 1.2), canvas.random.choice(colours))


def person(canvas: Canvas, x: float, base: float, size: float, coat: str) -> None:
    """Somebody who stands there, from far enough to be anybody."""
    canvas.box(x - size * 0.1, base - size * 0.4, size * 0.08, size * 0.4, "#2b3a4a")
    canvas.box(x + size * 0.02, base - size * 0.4, size * 0.08, size * 0.4, "#2b3a4a")
    canvas.disc(x, base - size * 0.52, size * 0.17, coat, 1.35)
    skin = canvas.random.choice(["#f0c9a4", "#c98f62", "#8a5a3c", "#5f3d2a"])
    canvas.disc(x, base - size * 0.86, size * 0.11, skin)


def people(
    canvas: Canvas, base: float, number: int, size: float = 80, span: tuple[float, float] = (120, 1160)
) -> None:
    """A handful of neighbours."""
    coats = ["#d9574a", "#e8a33d", "#2f7f79", "#4a6fa5", "#8d5a97", "#f2efe6", "#3f8f5b"]
    for _ in range(number):
        x = canvas.random.uniform(*span)
        person(
            canvas,
            x,
            base + canvas.random.uniform(-14, 14),
            size * canvas.random.uniform(0.8, 1.1),
            canvas.random.choice(coats),
        )


def boat(canvas: Canvas, x: float, water: float, size: float, hull: str) -> None:
    """A small sailing boat."""
    canvas.shape(
        [
            (x, water),
            (x + size, water),
            (x + size * 0.82, water + size * 0.2),
            (x + size * 0.16, water + size * 0.2),
        ],
        hull,
    )
    canvas.line([(x + size * 0.45, water), (x + size * 0.45, water - size)], "#4b3b2f", 3)
    canvas.shape(
        [
            (x + size * 0.49, water - size * 0.95),
            (x + size * 0.49, water - size * 0.1),
            (x + size * 0.92, water - size * 0.1),
        ],
        "#f6f1e4",
    )


def crane(canvas: Canvas, x: float, base: float, height: float, colour: str) -> None:
    """A harbour crane at rest."""
    for foot in (-34, 34):
        canvas.line([(x + foot, base), (x + foot * 0.3, base - height * 0.62)], colour, 9)
    canvas.box(x - 30, base - height * 0.74, 62, height * 0.13, colour)
    canvas.line([(x, base - height * 0.7), (x + height * 0.62, base - height)], colour, 8)
    canvas.line([(x + height * 0.62, base - height), (x + height * 0.62, base - height * 0.5)], colour, 2.5)


def ripples(canvas: Canvas, top: float, colour: str, number: int = 60) -> None:
    """Light on the water, denser towards the horizon."""
    for _ in range(number):
        depth = canvas.random.random() ** 1.6
        y = top + 8 + depth * (HEIGHT - top - 16)
        length = 20 + 120 * depth
        x = canvas.random.uniform(-40, WIDTH)
        canvas.line([(x, y), (x + length, y)], colour, 1 + 2.2 * depth)


def birds(canvas: Canvas, number: int, colour: str) -> None:
    """Gulls, as everywhere."""
    for _ in range(number):
        x, y = canvas.random.uniform(80, WIDTH - 80), canvas.random.uniform(60, 230)
        wing = canvas.random.uniform(10, 20)
        canvas.line([(x - wing, y - wing * 0.45), (x, y), (x + wing, y - wing * 0.45)], colour, 2.4)


def heather(canvas: Canvas, top: float, number: int, colour: str) -> None:
    """Stalks on open ground, from `top` down to the lower edge."""
    for _ in range(number):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(top, HEIGHT)
        tip = (x + canvas.random.uniform(-10, 10), y - canvas.random.uniform(30, 70))
        canvas.line([(x, y), tip], colour, 2.5)


def lanes(canvas: Canvas, top: float, number: int, colours: list[str]) -> None:
    """The floating lines of a swimming pool, which run towards the reader and grow wider."""
    for lane in range(number):
        aside = lane - number // 2
        for piece in range(12):
            ends = [
                (WIDTH / 2 + aside * (150 + 180 * part), top + (HEIGHT - top) * part)
                for part in (piece / 12, (piece + 0.55) / 12)
            ]
            canvas.line(ends, colours[lane % 2], 3 + piece / 2)


def tiles(
    canvas: Canvas, x: float, y: float, columns: int, rows: int, step: tuple[float, float], colours: list[str]
) -> None:
    """A wall of panels in several tones, with joints of twelve between them."""
    across, down = step
    for row in range(rows):
        for column in range(columns):
            colour = canvas.random.choice(colours)
            canvas.box(x + column * across, y + row * down, across - 12, down - 12, colour)
