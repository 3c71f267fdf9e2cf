"""Pages of a file as pictures, for the screen.

`render` is the door; the file is opened in a cell (`cells.py`). What comes out is a new picture: it holds no place,
camera or author.
"""

import io
from pathlib import Path
from typing import BinaryIO

from indgang.foundation.letters import cells, kinds
from indgang.foundation.letters.errors import NoPages

SECONDS = 30.0
NARROWEST, WIDEST = 16, 4000
_MOST_HIGH = 8000
_FORMS = {"image/png": "PNG", "image/webp": "WEBP"}


def render(
    content: BinaryIO | Path,
    *,
    name: str,
    media_type: str,
    page: int = 1,
    width: int = 1200,
    form: str = "image/webp",
) -> bytes:
    """One page as PNG or WebP, as wide as asked for. NoPages for files without pages, UnknownPage outside of them."""
    if kinds.BY_MEDIA_TYPE.get(media_type) not in kinds.PAGED:
        raise NoPages(name=name)
    wide = max(NARROWEST, min(WIDEST, width))
    with cells.on_disk(content) as path:
        _, picture = cells.run(
            "render",
            name=name,
            path=str(path),
            media_type=media_type,
            page=page,
            width=wide,
            form=_FORMS[form],
            seconds=SECONDS,
        )
    return picture


def thumbnail(content: BinaryIO | Path, *, name: str, media_type: str, page: int = 1) -> bytes:
    """A small WebP for a list."""
    return render(content, name=name, media_type=media_type, page=page, width=240)


def in_cell(
    *, name: str, path: str, media_type: str, page: int, width: int, form: str
) -> tuple[dict[str, object], bytes]:
    """The page as a picture."""
    from PIL import Image

    from indgang.foundation.letters.opening import frame_of, opened_pdf, opened_picture, page_of

    if kinds.BY_MEDIA_TYPE[media_type] is kinds.PDF:
        with opened_pdf(Path(path), name=name) as document:
            document.init_forms()
            shown = page_of(document, page, name=name)
            across, down = shown.get_size()
            scale = min(width / max(across, 1.0), _MOST_HIGH / max(down, 1.0))
            picture = shown.render(scale=scale).to_pil()
            pages = len(document)
    else:
        with opened_picture(Path(path), name=name) as opened:
            picture = frame_of(opened, page, name=name)
            pages = getattr(opened, "n_frames", 1)
        scale = min(width / picture.width, _MOST_HIGH / picture.height, 1.0)
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    picture.save(out, form, **({"quality": 80, "method": 3} if form == "WEBP" else {}))
    return {"pages": pages, "width": picture.width, "height": picture.height}, out.getvalue()
