"""What one can do with the catalogue."""

from datetime import datetime

from django.db import transaction

from indgang.core.catalogue import indexing
from indgang.core.catalogue.profile_rows import load_profile as load_profile
from indgang.foundation.journal import services as journal


@transaction.atomic
def rebuild_search(at: datetime, *, viewer_name: str = "system:catalogue") -> int:
    """Make the search anew from the tasks and their words; returns how many words it knows."""
    words = indexing.rebuild(at)
    journal.record(
        "catalogue.search_rebuilt", at=at, viewer_name=viewer_name, subject="catalogue.search", data={"words": words}
    )
    return words
