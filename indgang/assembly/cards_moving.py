"""Cards between the running installation and files."""

import zipfile
from pathlib import Path

from indgang.assembly import cards
from indgang.assembly.database import CommandRefused
from indgang.core.catalogue import selectors, services
from indgang.core.catalogue.errors import CardFaulty
from indgang.core.catalogue.values import CardLoad
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock

OPERATOR = system("cards")


def write_out(place: Path) -> int:
    """Every published card as a file; how many."""
    texts = selectors.card_files()
    cards.write_files(texts, place)
    return len(texts)


def take_in(place: Path, *, publish: bool, why: str) -> CardLoad:
    """The files that differ, as drafts or published. CommandRefused with every fault, and then nothing is changed."""
    try:
        texts = cards.read_files(place)
        if not texts:
            raise CommandRefused(f"There are no cards (T-076.md …) in {place}.")
        return services.import_cards(texts=texts, why=why, publish_now=publish, viewer=OPERATOR, at=clock.now())
    except CardFaulty as wrong:
        raise CommandRefused("\n".join(str(fault) for fault in wrong.faults)) from wrong
    except (OSError, zipfile.BadZipFile) as wrong:
        raise CommandRefused(f"{place} cannot be read: {wrong}.") from wrong
