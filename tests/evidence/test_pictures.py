"""Copies hold pixels and nothing else; bombs are measured before they are lit."""

import io

import pytest
from PIL import Image

from haven.evidence import limits, pictures
from tests.evidence import samples

SECRETS = (b"SECRET", b"Exif", b"2026:11:20", b"ICC_PROFILE", b"http")


def rebuilt(content, media_type="image/jpeg"):
    return pictures.rebuilt(io.BytesIO(content), media_type)


@pytest.mark.parametrize(
    ("content", "media_type"), [(samples.telling_jpeg(), "image/jpeg"), (samples.telling_png(), "image/png")]
)
def test_nothing_but_pixels_is_left(content, media_type):
    assert b"SECRET" in content
    for copy in rebuilt(content, media_type):
        assert not any(secret in copy.content for secret in SECRETS)
        with Image.open(io.BytesIO(copy.content)) as image:
            assert image.format == "JPEG"
            assert not image.getexif()
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_on_its_side_is_stood_up():
    page, _ = rebuilt(samples.telling_jpeg())
    assert (page.width, page.height) == (40, 80)
    with Image.open(io.BytesIO(page.content)) as image:
        assert min(image.getpixel((37, 3))) > 200, "the light corner has gone to the right"
        assert image.getpixel((3, 3))[0] < 60


def test_what_shows_through_is_put_on_white():
    page, _ = rebuilt(samples.telling_png(), "image/png")
    with Image.open(io.BytesIO(page.content)) as image:
        red, green, blue = image.getpixel((15, 15))
    assert 110 < red < 145
    assert 110 < green < 145
    assert blue > 240


def test_large_pictures_are_made_smaller_and_small_ones_left():
    page, small = rebuilt(samples.picture(size=(5000, 2500)))
    assert (page.width, page.height) == (2000, 1000)
    assert (small.width, small.height) == (240, 120)
    page, small = rebuilt(samples.picture(size=(100, 50)))
    assert (page.width, small.width) == (100, 100)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_of_every_mode_can_be_copied(mode):
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "PNG")
    assert rebuilt(out.getvalue(), "image/png")[0].width == 20


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK", "YCbCr"])
def test_jpeg_of_every_mode_can_be_copied(mode):
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "JPEG")
    assert rebuilt(out.getvalue())[0].width == 20


def test_sixteen_bit_grey_stays_grey():
    out = io.BytesIO()
    Image.new("I;16", (20, 20), 32768).save(out, "PNG")
    with Image.open(io.BytesIO(rebuilt(out.getvalue(), "image/png")[0].content)) as image:
        assert 118 < image.getpixel((5, 5))[0] < 138


def test_an_animation_is_shown_as_its_first_picture():
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    with Image.open(io.BytesIO(rebuilt(out.getvalue(), "image/gif")[0].content)) as image:
        assert image.getpixel((5, 5))[0] > 240


@pytest.mark.parametrize(("width", "height"), [(9000, 9000), (50_000, 50_000), (2**31 - 1, 2**31 - 1), (80_000_001, 1)])
def test_a_picture_bomb_is_measured_and_never_decoded(width, height):
    bomb = samples.png_of(width, height)
    assert pictures.pixels_of(io.BytesIO(bomb), "image/png") > limits.PICTURE_PIXELS
    with pytest.raises(pictures.CannotCopy):
        rebuilt(bomb, "image/png")


def test_a_picture_just_within_the_limit_is_measured_right():
    assert pictures.pixels_of(io.BytesIO(samples.png_of(8000, 10_000)), "image/png") == limits.PICTURE_PIXELS


@pytest.mark.parametrize("part", [0.02, 0.2, 0.5, 0.9])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_damaged_picture_is_no_copy_and_no_crash(form, part):
    whole = samples.picture(form, (300, 200))
    content = whole[: int(len(whole) * part)]
    assert pictures.pixels_of(io.BytesIO(content), f"image/{form.lower()}") <= 60_000
    with pytest.raises(pictures.CannotCopy):
        rebuilt(content, f"image/{form.lower()}")


def test_only_the_decoder_that_the_content_calls_for_is_tried():
    with pytest.raises(pictures.CannotCopy):
        rebuilt(samples.picture("PNG"), "image/jpeg")


@pytest.mark.parametrize("media_type", ["image/heic", "application/pdf", "image/svg+xml"])
def test_what_cannot_be_decoded_here_is_not_tried(media_type):
    assert pictures.pixels_of(io.BytesIO(b"anything"), media_type) == 0
    with pytest.raises(pictures.CannotCopy):
        rebuilt(b"anything", media_type)
