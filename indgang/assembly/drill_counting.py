"""What is really there, counted in SQL of its own and in the simulator's mails; shares nothing with the service."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from indgang.assembly.drill_senders import Ledger, address_of
from indgang.assembly.drill_system import System

_FOUND = """
    SELECT substring(m.body from 'mærke ([a-z][0-9]{4})') AS mark, count(DISTINCT m.contact_id), count(*),
           min(c.reference)
    FROM contacts_message m JOIN contacts_contact c ON c.id = m.contact_id
    WHERE m.direction = 'in' AND m.body ~ 'mærke [a-z][0-9]{4}'
    GROUP BY 1
"""
_FILES = """
    SELECT substring(m.body from 'mærke ([a-z][0-9]{4})'), count(*)
    FROM contacts_attachment a JOIN contacts_message m ON m.id = a.message_id GROUP BY 1
"""
LOST_WORK = """
    SELECT count(*) FROM contacts_contact c
    LEFT JOIN (SELECT contact, count(*) AS open FROM routing_workitem WHERE state <> 'done' GROUP BY contact) w
           ON w.contact = c.id
    WHERE c.direction = 'in'
      AND (c.state NOT IN ('closed', 'abandoned') AND coalesce(w.open, 0) <> 1
           OR c.state IN ('closed', 'abandoned') AND coalesce(w.open, 0) <> 0)
"""
HALF_OFFERS = """
    SELECT count(*) FROM routing_workitem w
    LEFT JOIN (SELECT item_id, count(*) AS live FROM routing_offer WHERE result = '' GROUP BY item_id) o
           ON o.item_id = w.id
    WHERE (w.state = 'offered') <> (coalesce(o.live, 0) = 1)
"""
WAITING_PARCELS = "SELECT count(*) FROM journal_outboxparcel WHERE state IN ('waiting', 'sending')"
UNFILED = "SELECT count(*) FROM mail_rawmail WHERE state = 'stored'"


@dataclass(frozen=True)
class Tally:
    """How the acknowledged messages are found."""

    found: int
    doubles: list[str]
    missing: list[str]
    other_reference: list[str]
    without_file: list[str]


@dataclass
class Receipts:
    """What left the house, per address."""

    mails: int = 0
    repeats: int = 0  # the same Message-ID again: the far side recognises it
    second: list[str] = field(default_factory=list)  # addresses with two different receipts
    none: list[str] = field(default_factory=list)


def tally(system: System, ledger: Ledger) -> Tally:
    """Every acknowledged message must be exactly one message of exactly one contact, with its file."""
    rows = {mark: (contacts, messages, reference) for mark, contacts, messages, reference in system.rows(_FOUND)}
    files: dict[str, int] = {mark: count for mark, count in system.rows(_FILES)}
    acknowledged = sorted(ledger.acknowledged)
    with_file = [m for m in acknowledged if int(m[1:]) % {"m": 7, "f": 9}.get(m[0], 10**6) == 0]
    return Tally(
        found=sum(1 for mark in acknowledged if rows.get(mark, (0, 0, ""))[:2] == (1, 1)),
        doubles=[mark for mark in ledger.sent if mark in rows and rows[mark][:2] != (1, 1)],
        missing=[mark for mark in acknowledged if mark not in rows],
        other_reference=[m for m, reference in ledger.references.items() if rows.get(m, (0, 0, ""))[2] != reference],
        without_file=[mark for mark in with_file if files.get(mark) != 1],
    )


def receipts(system: System, marks: list[str]) -> Receipts:
    """Held against the simulator's own list."""
    ids: dict[str, Counter[str]] = defaultdict(Counter)
    for mail in system.simulator("GET", "/mail"):
        for address in mail["to"]:
            ids[address][mail["message_id"]] += 1
    found = Receipts()
    for mark in marks:
        seen = ids.get(address_of(mark), Counter())
        found.mails += len(seen)
        found.repeats += sum(seen.values()) - len(seen)
        if len(seen) > 1:
            found.second.append(mark)
        if not seen:
            found.none.append(mark)
    return found
