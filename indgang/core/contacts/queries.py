"""The named statements of `sql/`."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "sql"
FIRST_CONTACT = (_FOLDER / "first_contact.sql").read_text()
SAVE_DRAFT = (_FOLDER / "save_draft.sql").read_text()
BE_PRESENT = (_FOLDER / "be_present.sql").read_text()
_GROUND = (_FOLDER / "ground.sql").read_text()
TIMELINE = (_FOLDER / "timeline.sql").read_text().replace("{ground}", _GROUND)
GROUNDS = (_FOLDER / "grounds.sql").read_text().replace("{ground}", _GROUND)
INSIDE = (_FOLDER / "inside.sql").read_text()
ONE = (_FOLDER / "one.sql").read_text().replace("{ground}", _GROUND)
LIST_FIRST = (_FOLDER / "list_first.sql").read_text()
LIST_PAGE = (_FOLDER / "list.sql").read_text()
ROUTING_FACTS = (_FOLDER / "routing_facts.sql").read_text()
READABLE = (_FOLDER / "readable.sql").read_text()
