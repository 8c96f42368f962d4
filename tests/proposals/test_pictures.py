"""What strangers upload: only pictures come in, and only their pixels."""

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from time import sleep

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from civic.core import clock
from civic.core.errors import Conflict, Invalid
from projects.proposals import operations, pictures
from projects.proposals.operations import gallery
from projects.proposals.states import ProjectState
from tests.factories import proposals

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def upload(content: bytes, name: str = "a.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that claims, and has, very many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * (width // 8 + 1) * min(height, 2000), 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_comes_out_as_webp_in_two_sizes(kind: str) -> None:
    made = pictures.prepare(upload(proposals.image(3000, 1500, kind)))
    sizes = [Image.open(BytesIO(content)) for content in (made.full, made.thumb)]
    assert [(image.format, image.size) for image in sizes] == [("WEBP", (1600, 800)), ("WEBP", (640, 320))]


def test_where_and_when_it_was_taken_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010E] = "Ada's kitchen"
    exif[0x8825] = {1: "N", 2: (53.0, 37.0, 12.0)}
    made = pictures.prepare(upload(proposals.image(400, 300, exif=exif)))
    image = Image.open(BytesIO(made.full))
    assert image.size == (300, 400)
    assert not image.getexif()
    assert b"kitchen" not in made.full


def test_what_hides_behind_the_picture_is_gone() -> None:
    hidden = b"PK\x03\x04<script>alert(1)</script>"
    made = pictures.prepare(upload(proposals.image(400, 300) + hidden))
    assert hidden not in made.full
    commented = pictures.prepare(upload(proposals.image(400, 300, "JPEG", comment=hidden)))
    assert b"script" not in commented.full


def test_transparency_becomes_white() -> None:
    buffer = BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(buffer, "PNG")
    image = Image.open(BytesIO(pictures.prepare(upload(buffer.getvalue())).full)).convert("RGB")
    assert image.getpixel((10, 10)) == (255, 255, 255)


GIF = BytesIO()
Image.new("P", (400, 300)).save(GIF, "GIF")
WRONG = {
    "empty": b"",
    "text": b"hello",
    "svg": SVG,
    "html": b"<html><script>alert(1)</script>",
    "gif": GIF.getvalue(),
    "cut off": proposals.image(900, 900)[:2000],
    "only a head": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    "pdf": b"%PDF-1.7\n" + b"0" * 100,
    "too small": proposals.image(40, 30),
    "bomb": bomb(60_000, 60_000),
    "just too many pixels": bomb(4_000, 4_001),
    "strip": bomb(4_000, 399),
    "wide": bomb(2**31 - 1, 1),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_anything_else_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        pictures.prepare(upload(WRONG[name], "a.png", "image/png"))
    assert "Choose" in str(refusal.value.fields["file"])


def test_the_whole_city_decodes_one_picture_at_a_time_and_little_of_it_i16(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    buffer = BytesIO()
    Image.new("RGBA", (7_900, 5_000), (9, 9, 9, 0)).save(buffer, "WEBP", lossless=True)
    with pytest.raises(Invalid, match="at most 16 megapixels"):
        pictures.prepare(upload(buffer.getvalue()))
    flattened, at_once = [], []
    real = pictures._flat

    def flat(image: Image.Image) -> Image.Image:
        flattened.append(max(image.size))
        at_once.append(1)
        sleep(0.05)
        assert len(at_once) == 1
        at_once.clear()
        return real(image)

    monkeypatch.setattr(pictures, "_flat", flat)
    content = proposals.image(2_000, 1_500, "PNG")
    with ThreadPoolExecutor(3) as threads:
        made = list(threads.map(lambda _: pictures.prepare(upload(content)), range(3)))
    assert len(made) == 3
    assert flattened == [pictures.FULL] * 3


def test_a_large_file_is_refused_before_it_is_read(settings: LazySettings) -> None:
    settings.PICTURE_MAX_BYTES = 1000
    with pytest.raises(Invalid, match="too large"):
        pictures.prepare(upload(b"\0" * 1001))


@pytest.mark.django_db
class TestOfAProject:
    """Pictures that belong to a project."""

    def test_nothing_of_the_name_remains(self) -> None:
        project = proposals.project(state=ProjectState.DRAFT)
        file = upload(proposals.image(), "../../etc/pass wd.php")
        made = operations.add_picture(
            actor=project.author, project=project, upload=file, alt="A hill", at=clock.now()
        )
        assert made.file.name.startswith("projects/")
        assert made.file.name.endswith(".webp")
        assert "pass" not in made.file.name
        assert (made.width, made.height) == (320, 200)

    @pytest.mark.parametrize("alt", ["", "   ", "x" * 201])
    def test_words_for_it_are_needed(self, alt: str) -> None:
        project = proposals.project(state=ProjectState.DRAFT)
        with pytest.raises(Invalid) as refusal:
            operations.add_picture(
                actor=project.author,
                project=project,
                upload=upload(proposals.image()),
                alt=alt,
                at=clock.now(),
            )
        assert "alt" in refusal.value.fields

    def test_there_are_at_most_a_handful_and_no_more_is_decoded_i16(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pictures, "prepare", None)
        project = proposals.project(state=ProjectState.DRAFT)
        for _ in range(gallery.MOST):
            proposals.picture(project)
        with pytest.raises(Conflict):
            operations.add_picture(
                actor=project.author,
                project=project,
                upload=upload(proposals.image()),
                alt="One more",
                at=clock.now(),
            )

    def test_a_later_one_can_become_the_cover(self) -> None:
        project = proposals.project(state=ProjectState.DRAFT)
        pictured = [proposals.picture(project, alt) for alt in ("one", "two", "three")]
        operations.arrange_picture(
            actor=project.author,
            project=project,
            picture=pictured[2],
            alt="three",
            cover=True,
            at=clock.now(),
        )
        assert [picture.alt for picture in project.pictures.all()] == ["three", "one", "two"]

    def test_removing_one_takes_its_files(self, django_capture_on_commit_callbacks: object) -> None:
        project = proposals.project(state=ProjectState.DRAFT)
        picture = proposals.picture(project)
        path = Path(picture.file.path)
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            operations.remove_picture(actor=project.author, project=project, picture=picture, at=clock.now())
        assert not path.exists()

    @pytest.mark.parametrize("name", ["svg", "empty", "bomb", "html"])
    def test_a_wrong_file_keeps_the_words(self, client: Client, name: str) -> None:
        project = proposals.project(state=ProjectState.DRAFT)
        client.force_login(project.author)  # type: ignore[arg-type]
        page = client.post(
            f"/projects/{project.slug}/edit/pictures/",
            {"file": upload(WRONG[name], "a.svg"), "alt": "My sketch"},
        )
        assert page.status_code == 422
        assert 'value="My sketch"' in page.content.decode()
        assert not project.pictures.exists()
