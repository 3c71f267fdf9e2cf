"""What every page of the desk shows around its own content."""

from typing import Any

from django import template

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
