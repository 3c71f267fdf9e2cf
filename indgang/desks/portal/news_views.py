"""News and work instructions: to read, to mark as read, to write, and who has read them."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.organisation import selectors as organisation
from indgang.desks.portal import errors, news, services
from indgang.desks.portal.answers import as_number, as_uuid, back
from indgang.desks.portal.gates import roles_only, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

REFUSED = (errors.NewsIncomplete, errors.NewsPeriod, errors.UnknownGroup, errors.UnknownTask, errors.StaleNews)


@never_cache
@require_GET
@staff_only
def news_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is in force; with ?arkiv=1 everything there ever was."""
    archive = request.GET.get("arkiv") == "1"
    context = {
        "rows": news.news_list(viewer, clock.now(), archive=archive),
        "archive": archive,
        "may_write": viewer.has_role(*news.WRITERS),
        "groups": dict(organisation.groups()),
        "today": clock.local(clock.now()).date(),
    }
    return render(request, "portal/news.html", context)


@never_cache
@require_GET
@staff_only
def one(request: HttpRequest, viewer: Viewer, news_id: UUID) -> HttpResponse:
    """One piece; leaders see who has read it."""
    at = clock.now()
    card = news.news_card(viewer, news_id)
    oversees = viewer.has_role(*news.OVERSEERS) and card.must_read
    readers = news.readers(viewer, card, at) if oversees else None
    groups = dict(organisation.groups())
    context = {
        "one": card,
        "groups": [groups.get(code, code) for code in card.groups],
        "may_change": news.is_writer_of(viewer, news_id) and not card.withdrawn,
        "readers": readers,
        "have_read": sum(1 for row in readers or () if row.read_at),
    }
    return render(request, "portal/news_one.html", context)


@require_POST
@staff_only
def read(request: HttpRequest, viewer: Viewer, news_id: UUID) -> HttpResponse:
    """I have read it."""
    services.mark_read(news=news_id, viewer=viewer, at=clock.now())
    return back(request, f"/portal/nyheder/{news_id}")


@never_cache
@require_GET
@roles_only(news.WRITERS)
def write(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """An empty form."""
    return _form(request, {"start": clock.local(clock.now()).date().isoformat(), "task": request.GET.get("opgave", "")})


@never_cache
@require_GET
@roles_only(news.WRITERS)
def change(request: HttpRequest, viewer: Viewer, news_id: UUID) -> HttpResponse:
    """The form with what stands."""
    card = news.news_card(viewer, news_id)
    if not news.is_writer_of(viewer, news_id) or card.withdrawn:
        raise NotFound
    typed = {
        "id": card.id, "version": card.version, "title": card.title, "body": card.body, "task": card.task,
        "must_read": card.must_read, "groups": card.groups, "start": card.valid_from.isoformat(),
        "end": card.valid_to.isoformat() if card.valid_to else "",
    }  # fmt: skip
    return _form(request, typed)


@require_POST
@roles_only(news.WRITERS)
def save(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Publish it, or what was changed; what was typed stays when it is refused."""
    form = request.POST
    typed: dict[str, object] = {
        "id": as_uuid(form.get("id")), "version": form.get("version", "0"), "title": form.get("title", ""),
        "body": form.get("body", ""), "task": form.get("task", ""), "must_read": form.get("must_read") == "1",
        "groups": form.getlist("groups"), "start": form.get("start", ""), "end": form.get("end", ""),
    }  # fmt: skip
    version = as_number(form.get("version"))
    try:
        saved = services.save_news(
            title=form.get("title", ""), body=form.get("body", ""), viewer=viewer, at=clock.now(),
            news=as_uuid(form.get("id")), version=version, groups=form.getlist("groups"), task=form.get("task", ""),
            must_read=form.get("must_read") == "1", valid_from=_day(form.get("start")), valid_to=_day(form.get("end")),
        )  # fmt: skip
    except REFUSED as refused:
        return _form(request, typed, str(refused), refused.status)
    return redirect("portal:news-one", saved)


@require_POST
@roles_only(news.WRITERS)
def withdraw(request: HttpRequest, viewer: Viewer, news_id: UUID) -> HttpResponse:
    """Take it off everybody's list."""
    version = as_number(request.POST.get("version"))
    services.withdraw_news(news=news_id, version=version, viewer=viewer, at=clock.now())
    return redirect("portal:news")


def _form(request: HttpRequest, typed: dict[str, object], refused: str = "", status: int = 200) -> HttpResponse:
    context = {"typed": typed, "refused": refused, "all_groups": organisation.groups()}
    return render(request, "portal/news_form.html", context, status=status)


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None
