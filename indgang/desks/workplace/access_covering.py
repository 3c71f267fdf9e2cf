"""One line of a request: what is given of it, and what is covered on its pages. Views."""

from datetime import datetime
from math import isfinite
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.errors import BoxUnreadable
from indgang.core.cases.values import ItemPage
from indgang.desks.workplace.access_forms import ChoiceForm
from indgang.desks.workplace.access_pages import on_request, refused, shown_page
from indgang.desks.workplace.case_staff import shown
from indgang.desks.workplace.staff import asks_others
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.letters.values import Area
from indgang.foundation.runtime.errors import DomainError

AT_ONCE = 10  # pages in sight
SPARE = 3  # empty lines for boxes typed as numbers
LONGEST_RULE = 60  # in a box
_WIDTH = 1000
_SIDES = ("page", "left", "top", "right", "bottom", "ground")


@never_cache
@require_GET
@on_request
def item(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime, *, item_id: int) -> HttpResponse:
    """The item with its pages, what is covered on them, and what may have to be."""
    return _shown(request, viewer, key, number, item_id, at)


@require_POST
@on_request
def choose(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime, *, item_id: int) -> HttpResponse:
    """What is given of it."""
    form = ChoiceForm(request.POST)
    _own(viewer, item_id, number, at)
    if not form.is_valid():
        return _shown(request, viewer, key, number, item_id, at, form=form, status=422)
    facts = form.cleaned_data
    try:
        services.choose_item(
            item_id=item_id, choice=facts["choice"], ground=facts["ground"], by_hand=facts["by_hand"],
            as_text=facts["as_text"], viewer=viewer, at=at, version=facts["version"],
        )  # fmt: skip
    except DomainError as said:
        return _shown(request, viewer, key, number, item_id, at, form=form, error=refused(said))
    if facts["choice"] == "redacted":
        return redirect("workplace:access-item", number, item_id)
    return redirect(reverse("workplace:access", args=[number]) + f"#emne-{item_id}")


@require_POST
@on_request
@asks_others
def cover(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime, *, item_id: int) -> HttpResponse:
    """Cover what was drawn, chosen and typed; what could still be read stops it."""
    _own(viewer, item_id, number, at)
    try:
        made = services.cover_item(
            item_id=item_id, boxes=_boxes(request.POST), words=_words(request.POST),
            ground=request.POST.get("ground", "")[:200], viewer=viewer, at=at, version=_version(request.POST),
        )  # fmt: skip
    except DomainError as said:
        return _shown(request, viewer, key, number, item_id, at, error=refused(said), typed=request.POST)
    elsewhere = ",".join(str(page) for page in sorted({hit.page for hit in made.elsewhere}))
    return redirect(reverse("workplace:access-item", args=[number, item_id]) + f"?vis=daekket&andre={elsewhere}#sider")


@require_POST
@on_request
def as_pages(
    request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime, *, item_id: int
) -> HttpResponse:
    """The words of an item without pages become pages."""
    _own(viewer, item_id, number, at)
    try:
        services.set_as_pages(item_id=item_id, viewer=viewer, at=at, version=_version(request.POST))
    except DomainError as said:
        return _shown(request, viewer, key, number, item_id, at, error=refused(said))
    return redirect("workplace:access-item", number, item_id)


@require_GET
@on_request
def image(
    request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime, *, item_id: int, page: int
) -> HttpResponse:
    """A page as a picture; `daekket`: of the file that is given."""
    _own(viewer, item_id, number, at)
    picture = cases.item_image(viewer, item_id, page, _WIDTH, covered="daekket" in request.GET, at=at)
    response = HttpResponse(picture, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _own(viewer: Viewer, item_id: int, number: str, at: datetime) -> None:
    """The item belongs to the request in the address, or NotFound."""
    cases.request_of_item(viewer, item_id, number, at)


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    key: UUID,
    number: str,
    item_id: int,
    at: datetime,
    *,
    form: ChoiceForm | None = None,
    error: DomainError | None = None,
    typed: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    _own(viewer, item_id, number, at)
    page = cases.item_page(viewer, item_id, at)
    row = page.row
    known = form or ChoiceForm(
        initial={"choice": row.choice, "ground": row.ground, "by_hand": row.by_hand, "as_text": row.as_text,
                 "version": row.version}
    )  # fmt: skip
    if not row.unreadable:
        del known.fields["by_hand"]
    if not row.office:
        del known.fields["as_text"]
    covered = request.GET.get("vis") == "daekket" and row.ready and row.choice == "redacted"
    first = _first(request, page.pages)
    context: dict[str, object] = {
        "item": page,
        "fields": shown(known),
        "form": form,
        "error": error,
        "covered": covered,
        "pages": range(first, min(first + AT_ONCE, page.pages + 1)),
        "before": max(1, first - AT_ONCE) if first > 1 else 0,
        "after": first + AT_ONCE if first + AT_ONCE <= page.pages else 0,
        "lines": _lines(page, typed),
        "words": typed.get("words", "") if typed else _typed_words(page),
        "chosen": typed.getlist("hit") if typed else [],
        "ground": typed.get("ground", "") if typed else row.ground or (page.grounds[0] if page.grounds else ""),
        "proposals": [(_value(one.areas), one) for one in page.proposals],
        "elsewhere": _pages_of(request),
    }
    return shown_page(request, viewer, "item", context, at=at, status=error.status if error else status)


def _lines(page: ItemPage, typed: QueryDict | None) -> list[dict[str, str]]:
    """The boxes as lines of numbers, and some empty ones."""
    if typed is not None:
        rows = zip(*(typed.getlist(f"box-{side}") for side in _SIDES), strict=False)
        found = [dict(zip(_SIDES, row, strict=True)) for row in rows if any(row)]
    else:
        found = [
            {"page": str(box.page), "left": _percent(box.left), "top": _percent(box.top),
             "right": _percent(box.right), "bottom": _percent(box.bottom), "ground": box.label}
            for box in page.boxes
        ]  # fmt: skip
    return [*found, *({side: "" for side in _SIDES} for _ in range(SPARE))]


def _typed_words(page: ItemPage) -> str:
    return "\n".join(word for word, _ground in page.words)


def _percent(share: float) -> str:
    return f"{share * 100:.2f}"


def _value(areas: tuple[Area, ...]) -> str:
    return ";".join(f"{a.page},{a.left:.5f},{a.top:.5f},{a.right:.5f},{a.bottom:.5f}" for a in areas)


def _boxes(posted: QueryDict) -> list[Area]:
    """What was drawn or typed, and the proposals that were chosen. Raises BoxUnreadable."""
    found = [box for text in posted.getlist("hit")[:2000] for box in _of_hit(text)]
    rows = zip(*(posted.getlist(f"box-{side}") for side in _SIDES), strict=False)
    for line, (page, left, top, right, bottom, ground) in enumerate(rows, 1):
        if not any(one.strip() for one in (page, left, top, right, bottom, ground)):
            continue
        sides = [_share(one, line) for one in (left, top, right, bottom)]
        number = page.strip()
        if not (number.isascii() and number.isdigit() and len(number) < 6) or len(ground.strip()) > LONGEST_RULE:
            raise BoxUnreadable(line=line)
        found.append(Area(int(number), sides[0], sides[1], sides[2], sides[3], ground.strip()))
    return found


def _of_hit(text: str) -> list[Area]:
    boxes = []
    for part in text.split(";"):
        numbers = part.split(",")
        try:
            page, left, top, right, bottom = int(numbers[0]), *(float(one) for one in numbers[1:5])
        except (ValueError, IndexError):
            raise BoxUnreadable(line=0) from None
        boxes.append(Area(page, left, top, right, bottom))
    return boxes


def _share(text: str, line: int) -> float:
    try:
        share = float(text.strip().replace(",", ".")) / 100
    except ValueError:
        raise BoxUnreadable(line=line) from None
    if not isfinite(share):
        raise BoxUnreadable(line=line)
    return min(max(share, 0.0), 1.0)


def _words(posted: QueryDict) -> list[tuple[str, str]]:
    return [(one.strip(), "") for one in posted.get("words", "")[:20_000].splitlines() if one.strip()]


def _version(posted: QueryDict) -> int:
    text = posted.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise NotFound
    return int(text)


def _first(request: HttpRequest, pages: int) -> int:
    text = request.GET.get("side", "")
    return min(max(1, int(text)), max(1, pages)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _pages_of(request: HttpRequest) -> list[int]:
    parts = request.GET.get("andre", "").split(",")
    return [int(part) for part in parts[:50] if part.isascii() and part.isdigit() and len(part) < 6]
