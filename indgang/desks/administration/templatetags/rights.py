"""What the pages of the security leader look up."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(known: Mapping[Any, Any], key: Any) -> Any:
    """{{ names|of:actor }}: what stands under that key, nothing where there is none."""
    return known.get(key, "")
