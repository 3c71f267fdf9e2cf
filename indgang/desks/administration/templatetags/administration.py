"""What every page of the desk shows around its own content."""

from typing import Any

from django import template

from indgang.desks.administration import changes
from indgang.desks.administration.answers import CHANGE, as_uuid, without_change
from indgang.desks.administration.menu import menu_for
from indgang.foundation.access.values import PUBLIC

register = template.Library()


@register.inclusion_tag("administration/parts/menu.html", takes_context=True)
def administration_menu(context: Any) -> dict[str, object]:
    """The pages this employee may open; the longest address that begins the present one is marked."""
    request = context["request"]
    sections = menu_for(getattr(request, "viewer", PUBLIC))
    paths = [entry.path for section in sections for entry in section.entries]
    here = [path for path in paths if request.path == path or request.path.startswith(f"{path}/")]
    return {"sections": sections, "here": max(here, key=len, default="")}


@register.inclusion_tag("administration/parts/change_bar.html", takes_context=True)
def change_bar(context: Any) -> dict[str, object]:
    """What was just saved on this page, with undo; nothing when the address names no change."""
    request = context["request"]
    wanted = as_uuid(request.GET.get(CHANGE, ""))
    row = changes.change_row(getattr(request, "viewer", PUBLIC), wanted) if wanted else None
    more = changes.size_of(row.batch) - 1 if row and row.batch else 0
    back = without_change(request.get_full_path())
    return {"row": row, "more": more, "back": back, "csrf_token": context.get("csrf_token", "")}


@register.simple_tag(takes_context=True)
def sort_link(context: Any, column: str) -> str:
    """The address of this list sorted by the column; a second press turns it round."""
    query = context["request"].GET.copy()
    query["sort"] = f"-{column}" if query.get("sort") == column else column
    query.pop(CHANGE, None)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sorted_by(context: Any, column: str) -> str:
    """The word of aria-sort for the column."""
    given = context["request"].GET.get("sort", "")
    return {column: "ascending", f"-{column}": "descending"}.get(given, "none")


@register.simple_tag(takes_context=True)
def here_with(context: Any, **more: Any) -> str:
    """This page's address with these in its query; an empty one is taken out."""
    query = context["request"].GET.copy()
    query.pop(CHANGE, None)
    for key, value in more.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"
