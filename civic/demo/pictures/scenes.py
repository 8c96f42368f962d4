"""The scenes themselves, each a few lines of things from back to front."""

from collections.abc import Callable

from civic.demo.pictures import things
from civic.demo.pictures.canvas import WIDTH, Canvas
from civic.demo.pictures.indoors import gym, soup

BRICK = ["#b5573f", "#c9785a", "#a34a3a", "#d9a06b", "#8f4a3f", "#e0c9a6"]
CONCRETE = ["#cfd3d1", "#b9c2c6", "#dccfb8", "#c3b7a6"]
GREENS = ["#4f8f5a", "#3d7a54", "#6aa465", "#86b36a"]


def square(canvas: Canvas) -> None:
    """A market square at noon under six sails."""
    canvas.fade("#7fc1e3", "#fdf1d7", 0, 510)
    things.gables(canvas, 500, BRICK, 0.1)
    canvas.fade("#e3d2b2", "#c8ae86", 500)
    for x, colour in ((120, "#f4ead2"), (420, "#e8774f"), (720, "#f4ead2"), (1000, "#2f8f88")):
        canvas.shape([(x - 70, 250), (x + 240, 292), (x + 60, 400)], colour)
        canvas.line([(x + 60, 400), (x + 60, 580)], "#5d5348", 5)
        canvas.disc(x + 90, 610, 120, "#b39a74", 0.16)
    things.people(canvas, 620, 11, 92)


def estate(canvas: Canvas) -> None:
    """Estate blocks in the first light."""
    canvas.fade("#3d5a80", "#f7b787", 0, 600)
    canvas.glow(930, 450, 330, "#ffe3b0", 200)
    things.blocks(canvas, 600, CONCRETE, 0.45)
    canvas.fade("#56725c", "#35513f", 590)
    things.trees(canvas, 640, 7, GREENS, 120)
    things.people(canvas, 680, 4, 74)


def depot(canvas: Canvas) -> None:
    """A long flat roof full of panels."""
    canvas.fade("#8ecae6", "#fefae0", 0, 430)
    canvas.glow(220, 120, 260, "#fff3b8", 220)
    things.hills(canvas, 440, 90, "#9cc5a1")
    canvas.box(60, 380, 1160, 240, "#c7ccd1")
    for column in range(15):
        x = 84 + column * 75
        canvas.shape([(x, 372), (x + 22, 318), (x + 74, 318), (x + 52, 372)], "#274c77")
        canvas.line([(x + 11, 345), (x + 63, 345)], "#5f8bbd", 2)
    for door in range(6):
        canvas.box(100 + door * 185, 470, 140, 150, "#64748b")
    canvas.box(330, 500, 250, 112, "#d9574a")
    things.windows(canvas, 350, 518, 5, 1, (44, 60), 0)
    for wheel in (380, 530):
        canvas.disc(wheel, 616, 22, "#222b35")
    canvas.fade("#8d949c", "#6c737b", 620)


def canal(canvas: Canvas) -> None:
    """Gabled houses and their reflection."""
    canvas.fade("#a9d6e5", "#fbe8d0", 0, 470)
    canvas.glow(1030, 160, 220, "#fff6d6", 210)
    things.gables(canvas, 470, BRICK, 0.25)
    things.trees(canvas, 476, 6, GREENS, 120)
    canvas.box(0, 470, WIDTH, 16, "#8b7a66")
    canvas.mirror(486, "#4d7c8a", 0.4)
    things.ripples(canvas, 490, "#cfe6e8", 46)
    things.boat(canvas, 250, 590, 110, "#7a4b2f")


def quay(canvas: Canvas) -> None:
    """The harbour basin at dusk, with two cranes that have nothing to do."""
    canvas.fade("#34446e", "#f2a777", 0, 470)
    canvas.glow(420, 430, 380, "#ffd9a0", 220)
    canvas.disc(420, 440, 46, "#fff0cf")
    things.hills(canvas, 470, 60, "#5b5f86")
    for x, height in ((800, 310), (990, 380)):
        things.crane(canvas, x, 480, height, "#2b3350")
    canvas.box(1090, 410, 150, 70, "#3a4264")
    canvas.box(560, 400, 150, 80, "#333b5a")
    canvas.mirror(480, "#3a4a70", 0.35)
    things.ripples(canvas, 486, "#f5c79a", 54)
    things.boat(canvas, 180, 560, 150, "#27304d")
    things.birds(canvas, 8, "#f6e3c8")


def market(canvas: Canvas) -> None:
    """Stalls with lamps beside the water, in the evening."""
    canvas.fade("#1f2a4d", "#c96f5c", 0, 430)
    things.hills(canvas, 440, 60, "#3b3f66")
    canvas.mirror(430, "#2c3b60", 0.4)
    canvas.fade("#5a4a4e", "#3b3138", 520)
    for place in range(5):
        x = 70 + place * 245
        canvas.glow(x + 90, 420, 150, "#ffcf7d", 170)
        canvas.box(x, 440, 180, 130, "#6b4a3a")
        for stripe in range(6):
            colour = "#f3e9d5" if stripe % 2 else canvas.random.choice(["#d9574a", "#2f8f88", "#e8a33d"])
            canvas.shape(
                [
                    (x - 12 + stripe * 34, 446),
                    (x + 22 + stripe * 34, 446),
                    (x + 14 + stripe * 31, 388),
                    (x + 4 + stripe * 29, 388),
                ],
                colour,
            )
        canvas.box(x, 520, 180, 50, "#8a6247")
    things.people(canvas, 660, 12, 104)


def studio(canvas: Canvas) -> None:
    """A recording room with warm lamps."""
    canvas.fade("#2a2438", "#4a3550")
    for row in range(5):
        for column in range(11):
            canvas.box(
                30 + column * 112,
                40 + row * 84,
                100,
                72,
                canvas.random.choice(["#3a2f4a", "#43365a", "#332a42"]),
            )
    canvas.fade("#6b4a3a", "#4a3229", 500)
    for x in (250, 1010):
        canvas.glow(x, 210, 230, "#ffb765", 190)
        canvas.line([(x, 0), (x, 190)], "#1d1826", 4)
        canvas.shape([(x - 42, 222), (x + 42, 222), (x + 16, 186), (x - 16, 186)], "#e8a33d")
    canvas.line([(640, 640), (640, 330)], "#15121c", 8)
    canvas.line([(570, 650), (640, 610), (710, 650)], "#15121c", 8)
    canvas.disc(640, 296, 34, "#c9ccd6", 1.45)
    canvas.box(604, 326, 72, 12, "#8a8f9c")
    canvas.disc(320, 590, 92, "#b5473f", 0.78)
    canvas.disc(320, 566, 92, "#efe6d6", 0.3)
    canvas.disc(200, 520, 62, "#d8b45a", 0.2)
    canvas.box(900, 470, 210, 150, "#221c2e")
    canvas.disc(960, 545, 44, "#3b3348")
    canvas.disc(1055, 545, 34, "#3b3348")


def moor(canvas: Canvas) -> None:
    """The moor in fog, a tower block far behind."""
    canvas.fade("#b8c9d3", "#f1ead9", 0, 460)
    canvas.glow(900, 200, 240, "#fffbe8", 200)
    canvas.box(1010, 240, 66, 230, "#b3bcc2")
    canvas.box(1100, 280, 60, 190, "#bcc4c8")
    for base, colour in ((440, "#c3cdc8"), (500, "#a3b3a4"), (570, "#82957a"), (650, "#5f7254")):
        things.hills(canvas, base, 80, colour)
    for pool in ((330, 560, 150), (760, 610, 210), (560, 520, 90)):
        canvas.disc(pool[0], pool[1], pool[2], "#d7e1e0", 0.14)
    for _ in range(90):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(620, 720)
        canvas.line(
            [(x, y), (x + canvas.random.uniform(-10, 10), y - canvas.random.uniform(30, 70))], "#6b6a43", 2.5
        )
    things.people(canvas, 600, 3, 70, (180, 480))


def brook(canvas: Canvas) -> None:
    """An old mill, three stone steps and open water."""
    canvas.fade("#9fd3e0", "#fdf3d8", 0, 430)
    things.hills(canvas, 430, 70, "#a7c98f")
    canvas.box(120, 190, 420, 260, "#a8563f")
    canvas.shape([(96, 196), (330, 84), (566, 196)], "#6d3a31")
    things.windows(canvas, 160, 230, 6, 3, (62, 68), 0.2)
    things.trees(canvas, 460, 5, GREENS, 150)
    canvas.fade("#8fb86a", "#5f8f4f", 450)
    canvas.shape([(560, 452), (760, 452), (1120, 720), (250, 720)], "#5aa0a8")
    canvas.shape([(620, 452), (690, 452), (830, 720), (560, 720)], "#86c5c4")
    for step in range(3):
        canvas.shape(
            [
                (250 - step * 70, 560 + step * 52),
                (470 - step * 62, 560 + step * 52),
                (440 - step * 72, 600 + step * 52),
                (200 - step * 80, 600 + step * 52),
            ],
            ["#d6c7ab", "#c4b393", "#b19f7e"][step],
        )
    canvas.line([(700, 520), (1160, 500)], "#7a5738", 16)
    for post in range(6):
        canvas.line([(720 + post * 82, 520 - post * 3), (720 + post * 82, 462 - post * 3)], "#7a5738", 6)
    canvas.line([(716, 464), (1150, 446)], "#7a5738", 6)
    things.people(canvas, 590, 4, 84, (230, 430))


def street(canvas: Canvas) -> None:
    """A raised crossing between trees, in the morning."""
    canvas.fade("#bfe0ea", "#fff0cf", 0, 450)
    canvas.glow(1080, 120, 240, "#fff4c4", 210)
    things.gables(canvas, 420, ["#d9b48f", "#c98f6b", "#e6d5bb", "#b87a5e"], 0.05)
    things.trees(canvas, 450, 6, GREENS, 170)
    canvas.fade("#cbbfa9", "#b8aa90", 440, 520)
    canvas.fade("#6f7780", "#565d66", 500)
    canvas.shape([(430, 500), (850, 500), (1010, 720), (270, 720)], "#b5574a")
    for stripe in range(6):
        left = 450 + stripe * 68
        canvas.shape(
            [
                (left, 506),
                (left + 36, 506),
                (left + 36 + (stripe - 2.2) * 30, 716),
                (left + (stripe - 2.8) * 30, 716),
            ],
            "#f4efe4",
        )
    for x in (380, 900):
        canvas.line([(x, 520), (x, 300)], "#3d4750", 7)
        canvas.disc(x, 296, 18, "#ffd98a")
    things.people(canvas, 640, 8, 88, (420, 880))


def pool(canvas: Canvas) -> None:
    """A lit swimming hall late in the evening."""
    canvas.fade("#18324a", "#2c5d73", 0, 330)
    for bay in range(8):
        canvas.box(30 + bay * 158, 50, 140, 250, "#0f2234")
        canvas.disc(100 + bay * 158, 110 + canvas.random.uniform(-30, 40), 5, "#f6e8b1")
    for lamp in range(5):
        canvas.glow(140 + lamp * 250, 40, 190, "#fff1c9", 120)
    canvas.fade("#d8d2c3", "#c2bbaa", 330, 400)
    canvas.fade("#5fc3cf", "#2388a0", 400)
    for lane in range(5):
        x = 640 + (lane - 2) * 150
        far, near = x, 640 + (lane - 2) * 330
        for piece in range(12):
            a, b = piece / 12, (piece + 0.55) / 12
            canvas.line(
                [(far + (near - far) * a, 402 + 318 * a), (far + (near - far) * b, 402 + 318 * b)],
                "#e8574a" if lane % 2 else "#f7f3e8",
                3 + 6 * a,
            )
    things.ripples(canvas, 410, "#a8e4e6", 40)
    for x, y, size, cap in (
        (420, 520, 16, "#e8a33d"),
        (760, 600, 22, "#d9574a"),
        (930, 480, 13, "#f2efe6"),
        (250, 640, 24, "#8d5a97"),
    ):
        canvas.disc(x, y, size, "#c98f62")
        canvas.disc(x, y - size * 0.45, size, cap, 0.6)
    things.people(canvas, 404, 5, 84)


def city(canvas: Canvas) -> None:
    """The whole of Aldermere across the Linn: the picture of the front page."""
    canvas.fade("#8cc7d8", "#fde7c3", 0, 470)
    canvas.glow(980, 330, 420, "#fff2cc", 210)
    things.hills(canvas, 480, 250, "#b7cfc0")
    canvas.box(300, 170, 46, 150, "#9a8f86")
    for tooth in range(3):
        canvas.box(298 + tooth * 19, 156, 12, 18, "#9a8f86")
    things.hills(canvas, 480, 190, "#93b89f")
    things.gables(canvas, 490, BRICK, 0.15, scale=0.55)
    things.trees(canvas, 500, 11, GREENS, 80)
    things.crane(canvas, 1010, 500, 300, "#3f5f68")
    canvas.box(0, 490, WIDTH, 14, "#8b7a66")
    canvas.mirror(504, "#3f8088", 0.42)
    things.ripples(canvas, 510, "#d9efe9", 64)
    things.boat(canvas, 180, 590, 130, "#2b4a50")
    things.boat(canvas, 820, 640, 190, "#b5473f")
    things.birds(canvas, 7, "#fdfaf2")


SCENES: dict[str, Callable[[Canvas], None]] = {
    scene.__name__: scene
    for scene in (
        square,
        estate,
        depot,
        canal,
        quay,
        market,
        studio,
        moor,
        brook,
        street,
        pool,
        city,
        gym,
        soup,
    )
}


def paint(name: str) -> bytes:
    """The scene of this name as a JPEG of 1280 × 720."""
    canvas = Canvas(name)
    SCENES[name](canvas)
    return canvas.jpeg()


def caption(name: str) -> str:
    """What the scene shows, in one sentence for people who cannot see it."""
    return SCENES[name].__doc__ or name
