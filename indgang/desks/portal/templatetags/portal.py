"""What every page of the portal shows around its own content."""

from typing import Any

from django import template

from indgang.desks.portal import news
from indgang.desks.portal.menu import menu_for
from indgang.foundation.access.values import PUBLIC
from indgang.foundation.runtime import clock

register = template.Library()


@register.inclusion_tag("portal/parts/menu.html", takes_context=True)
def portal_menu(context: Any) -> dict[str, object]:
    """The pages this employee may open; the longest address that begins the present one is marked."""
    request = context["request"]
    viewer = getattr(request, "viewer", PUBLIC)
    entries = menu_for(viewer)
    here = [one.path for one in entries if request.path == one.path or request.path.startswith(f"{one.path}/")]
    unread = news.unread(viewer, clock.now()) if viewer.is_staff else 0
    return {"entries": entries, "here": max(here, key=len, default=""), "unread": unread}


@register.simple_tag(takes_context=True)
def here_with(context: Any, **more: Any) -> str:
    """This page's address with these in its query; an empty one is taken out."""
    query = context["request"].GET.copy()
    for key, value in more.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"
