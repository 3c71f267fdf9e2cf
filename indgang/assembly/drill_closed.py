"""Fails closed: while the access log cannot be written, no route that shows personal data shows any of it."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from smtplib import SMTP
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, unquote

from indgang.assembly import drill_cases
from indgang.assembly.drill_browser import Browser, Page
from indgang.assembly.drill_desks import LOOKS, OWN_PLAN, PLANNING, PORTAL, SETTINGS
from indgang.assembly.drill_live import logged_in
from indgang.assembly.drill_report import Report
from indgang.assembly.drill_senders import Agent, call
from indgang.assembly.drill_system import System, wait_for

SENDER = "fortrolig.frederiksen@borger.example"
NAME = "Fortrolig Frederiksen"  # as the writer calls themselves: rows of one's own work say it too
WORDS = "den lille kælderlejlighed bag bageriet"
EMPLOYEE = "agnes.agent"
TASK = "T-076"  # one she informs about
# Every address that shows personal data, with the address to ask in this drill; POST: it reads the contact first, and
# only a search (its words stand behind the question mark) leaves everything as it was.
PERSONAL = MappingProxyType(
    {
        "arbejdsplads/<uuid:item_id>": "GET /arbejdsplads/{item}",
        "arbejdsplads/<uuid:item_id>/samtale": "GET /arbejdsplads/{item}/samtale",
        "arbejdsplads/<uuid:item_id>/mail/<uuid:message_id>": "GET /arbejdsplads/{item}/mail/{message}",
        "arbejdsplads/<uuid:item_id>/borgere": "POST /arbejdsplads/{item}/borgere?q={name}",
        "arbejdsplads/<uuid:item_id>/opgave": "POST /arbejdsplads/{item}/opgave",
        "arbejdsplads/henvendelser/<uuid:contact_id>": "GET /arbejdsplads/henvendelser/{contact}",
        **{
            f"arbejdsplads/<uuid:item_id>/{dialog}": f"GET /arbejdsplads/{{item}}/{dialog}"
            for dialog in (
                *("afslut", "behov", "fuldmagt", "henvis", "klage", "materiale", "ny-borger", "opkald", "oplysninger"),
                *("overdrag", "raadgiver", "standardsvar", "udskyd", "vent", "videregivelse"),
            )
        },
        "arbejdsplads/henvendelser": "GET /arbejdsplads/henvendelser",
        "arbejdsplads/post": "GET /arbejdsplads/post",
        "arbejdsplads/post/<uuid:raw_id>/mail.eml": "GET /arbejdsplads/post/{raw}/mail.eml",
        "henvendelser/filer/<int:attachment_id>": "GET /henvendelser/filer/{file}",
        "dokumenter/<uuid:document_id>/v/<int:number>": (
            "GET /dokumenter/{document}/v/1?formaal=reason:citizen_present"
        ),
        "api/v1/contacts/<reference>": "GET /api/v1/contacts/{reference}",
        **drill_cases.PERSONAL,
    }
)
# Parts of a contact's page that may have nothing to show yet: they too are refused while the log is closed.
GUARDED = MappingProxyType(
    {
        **drill_cases.GUARDED,
        "dokumenter/<uuid:document_id>/side/<int:number>.png": (
            "GET /dokumenter/{document}/side/1.png?formaal=reason:citizen_present"
        ),
        "arbejdsplads/soeg": "GET /arbejdsplads/soeg?q={reference}",
        "arbejdsplads/<uuid:item_id>/fuldmagt/personer": "POST /arbejdsplads/{item}/fuldmagt/personer?q={name}",
        "arbejdsplads/henvendelser/<uuid:contact_id>/historik": "GET /arbejdsplads/henvendelser/{contact}/historik",
        "arbejdsplads/henvendelser/<uuid:contact_id>/omkring/<uuid:person_id>": (
            "GET /arbejdsplads/henvendelser/{contact}/omkring/{person}"
        ),
        "arbejdsplads/henvendelser/<uuid:contact_id>/tidslinje/<uuid:person_id>": (
            "GET /arbejdsplads/henvendelser/{contact}/tidslinje/{person}"
        ),
    }
)
_ROWS = "rows of the employee's own work, opened before, with the writer's own word for their name; or tasks alone"
_STAFF = "shows employees, settings and counts, nobody from outside"
_LOG = "the access log and what was given out, for the security leader; it holds ids, no names"
_CHANGES = "changes something and leads to a page named above, or answers with ids and states"
_WRITER = "shows the writers what they wrote themselves; the link or the cookie is the key"
_NOBODY = "shows nothing about anybody"
_NO_REQUEST = "a look is written for each request and each paper of it; here nobody has asked to see a case"
_NO_PAPER = "a look is written for each paper for another authority; here nobody has handed any in"
_DEMO = "demo only: the outside world's own mailbox, and the clock"
# Every other address, and why it needs no entry in the access log.
SILENT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(drill_cases.NOBODY, _NOBODY),
        **dict.fromkeys(drill_cases.ROWS, _ROWS),
        **dict.fromkeys(drill_cases.CHANGES, _CHANGES),
        **dict.fromkeys(drill_cases.DISCARDED, _NOBODY),
        **dict.fromkeys(drill_cases.REQUESTS, _NO_REQUEST),
        **dict.fromkeys(drill_cases.PAPERS, _NO_PAPER),
        **dict.fromkeys(
            [
                *(
                    "",
                    "healthz",
                    "readyz",
                    "metrics",
                    "velkommen/<str:token>",
                    "sprog",
                    "tilgaengelighed",
                    "was",
                    "was/",
                    "log-ind",
                    "log-ud",
                ),
                *("opgaver", "opgaver/<str:code>", "livssituationer/<str:code>", "api/v1/", "api/v1/docs"),
                *("opgaver/<str:code>/spoergsmaal", "sitemap.xml", "robots.txt"),
                *("api/v1/openapi.json", "api/v1/catalogue/tasks", "api/v1/catalogue/tasks/<task_id>"),
                *("arbejdsplads", "arbejdsplads/arbejde", "arbejdsplads/her", "arbejdsplads/opgaver"),
                *("api/v1/triage", "api/v1/work/queue", "kontakt/forslag", "aabningstider", "borgerservice"),
                *("borgerservice/adresser", "borgerservice/mit-center", "enheder/<str:code>"),
                *("arbejdsplads/antal", "arbejdsplads/genveje"),
                *(f"arbejdsplads/<uuid:item_id>/kort/<str:task>{one}" for one in ("", "/svarede")),
                *("arbejdsplads/telefonbog", "arbejdsplads/eget", "arbejdsplads/betjeningssted"),
                *(f"log-ind/{one}" for one in ("app", "faelles", "faelles/svar", "instruks", "kode", "videre")),
                *(f"log-ind/to-trin{one}" for one in ("", "/fra", "/koder", "/til")),
            ],
            _NOBODY,
        ),
        **dict.fromkeys(
            [
                *(
                    "arbejdsplads/mine",
                    "arbejdsplads/koe",
                    "arbejdsplads/mine/giv-flere",
                    "arbejdsplads/mine/udskyd-flere",
                ),
            ],
            _ROWS,
        ),
        "arbejdsplads/forslag-og-klager": "a look is written for each row, as in the list of contacts; here are none",
        **dict.fromkeys(
            [
                *("ledelse", "ledelse/flyt", "ledelse/hvorfor/<uuid:item_id>", "ledelse/log-af/<int:employee_id>"),
                *("ledelse/nu", "ledelse/koe", "ledelse/koe/se", "ledelse/koe/udfoer", "administration"),
                *(f"administration/{one}" for one in SETTINGS),
                *("portal", *(f"portal/{one}" for one in PORTAL)),
                *("planlaegning", *(f"planlaegning/{one}" for one in PLANNING)),
                *("min-vagtplan", *(f"min-vagtplan/{one}" for one in OWN_PLAN)),
            ],
            _STAFF,
        ),
        **dict.fromkeys([f"administration/rettigheder/{one}" for one in LOOKS], _LOG),
        **dict.fromkeys(
            [
                *(f"arbejdsplads/{one}" for one in ("naeste", "tilstand")),
                *(
                    f"arbejdsplads/<uuid:item_id>/{one}"
                    for one in ("afvis", "borger", "kladde", "note", "svar", "tag", "fortryd/<uuid:message_id>")
                ),
                *(
                    f"arbejdsplads/<uuid:item_id>/{one}"
                    for one in ("overtag", "ringet", "sammenlaeg", "skil-igen", "tag-tilbage", "taler-for")
                ),
                "arbejdsplads/<uuid:item_id>/fuldmagt/<int:representation_id>/slut",
                *("arbejdsplads/ny", "arbejdsplads/forslag-og-klager/<uuid:complaint_id>"),
                *(f"arbejdsplads/post/<uuid:raw_id>/{one}" for one in ("igen", "laeg-vaek")),
                *("api/v1/contacts", "api/v1/contacts/<reference>/close", "api/v1/contacts/<reference>/messages"),
                *("api/v1/work/next", "api/v1/work/state"),
                *(f"api/v1/work/<uuidstr:item_id>/{one}" for one in ("accept", "decline", "finish", "transfer")),
            ],
            _CHANGES,
        ),
        **dict.fromkeys(
            [
                *("kontakt", "status/<str:secret>"),
                *(
                    f"kontakt/<str:token>/{one}"
                    for one in ("emne", "spoergsmaal", "svar", "kontaktoplysninger", "se-igennem", "kvittering")
                ),
            ],
            _WRITER,
        ),
        **dict.fromkeys(
            [
                *("demo/postkasse", "demo/postkasse/skriv", "demo/ur"),
                *("demo/postkasse/<str:mail_id>", "demo/postkasse/<str:mail_id>/html"),
                *("demo/registre", "demo/registre/<str:system>/opfoersel", "demo/registre/<str:system>/haendelse"),
            ],
            _DEMO,
        ),
    }
)
_LISTS = (
    *("/arbejdsplads", "/arbejdsplads/arbejde", "/arbejdsplads/opgaver?q=flytning", "/arbejdsplads/mine"),
    *("/arbejdsplads/koe", "/arbejdsplads/henvendelser", "/arbejdsplads/forslag-og-klager"),
    "/arbejdsplads/soeg?q=fortrolig",
)


@dataclass
class _Scene:
    system: System
    browser: Browser
    places: dict[str, str]
    secrets: tuple[str, ...]

    def ask(self, wanted: str) -> Page:
        method, _, path = wanted.partition(" ")
        path = path.format(**self.places)
        if path.startswith("/api/"):
            status, body = call(self.system, method, path.removeprefix("/api/v1"), patience=0)
            return Page(status, path, json.dumps(body, ensure_ascii=False), {}, [])
        if method == "POST":
            path, _, words = path.partition("?")
            fields = {"outcome": "informed", "version": "1", **dict(parse_qsl(words))}
            return self.browser.post(path, {"csrfmiddlewaretoken": self._token(), **fields})
        return self.browser.get(path)

    def _token(self) -> str:
        return self.browser.get("/log-ind").forms[-1].fields["csrfmiddlewaretoken"]

    def shown(self, page: Page, wanted: str = "") -> list[str]:
        """What the page gives away; the words of the question itself are no secret."""
        asked = unquote(wanted.format(**self.places))
        return [secret for secret in self.secrets if secret in page.text and secret not in asked]


def fails_closed(system: System, report: Report) -> None:
    """Revoke, ask every route, grant back, ask again."""
    known = json.loads(system.run("-m", "indgang.assembly.drill_addresses", program=[sys.executable]).stdout)
    judged = PERSONAL.keys() | GUARDED.keys() | SILENT.keys()
    unnamed = sorted(judged ^ set(known))
    shows = len(PERSONAL) + len(GUARDED)
    what = f"every address is judged ({shows} show personal data, {len(SILENT)} do not)"
    report.check(what, not unnamed, unnamed or "")
    scene = _scene(system)
    _ask_all(scene, report, shown=True)
    with _log_closed(system):
        _ask_all(scene, report, shown=False)
        leaks = [path for path in _LISTS if set(scene.shown(scene.browser.get(path))) - {NAME}]
        report.check("the lists that need no look show nobody", not leaks, leaks or "")
    _ask_all(scene, report, shown=True)
    _refused_looks(system, report, scene)
    agent = Agent(system, EMPLOYEE)
    agent.call("POST", f"/work/{scene.places['item']}/finish", {"outcome": "informed"})
    agent.call("PUT", "/work/state", {"state": "offline"})


def _ask_all(scene: _Scene, report: Report, *, shown: bool) -> None:
    wrong = []
    for route, wanted in (PERSONAL if shown else {**PERSONAL, **GUARDED}).items():
        if shown and wanted.startswith("POST") and "?" not in wanted:
            continue
        page = scene.ask(wanted)
        given = scene.shown(page, wanted)
        if shown and not (page.status == 200 and given):
            wrong.append(f"{route}: {page.status}, shows nothing")
        if not shown and (page.status != 503 or given):
            wrong.append(f"{route}: {page.status}, shows {given or 'nothing'}")
    what = "log open: every route shows what it should" if shown else "log closed: every route answers 503, empty"
    report.check(what, not wrong, "; ".join(wrong) or f"{len(PERSONAL)} routes")


@contextmanager
def _log_closed(system: System) -> Iterator[None]:
    with system.owner() as owner:
        owner.execute("REVOKE INSERT ON access_lookup FROM indgang_app")
        try:
            yield
        finally:
            owner.execute("GRANT INSERT ON access_lookup TO indgang_app")


def _refused_looks(system: System, report: Report, scene: _Scene) -> None:
    """A stranger's attempt stands in the log, seen from another connection."""
    refused = "SELECT count(*) FROM access_lookup WHERE outcome = 'refused'"
    before = system.number(refused)
    stranger = Agent(system, "jonas.job")
    status, body = stranger.call("GET", f"/contacts/{scene.places['reference']}", patience=0)
    after = system.number(refused)
    empty = not scene.shown(Page(status, "", json.dumps(body, ensure_ascii=False), {}, []))
    report.check("a stranger finds nothing, and the attempt is logged", status == 404 and empty and after == before + 1,
                 f"answered {status}, {after - before} refused look")  # fmt: skip


def _scene(system: System) -> _Scene:
    """A mail with a file and a layout in an agent's hands, tied to a citizen, and one nobody can read."""
    agent = Agent(system, EMPLOYEE)
    agent.available()
    with SMTP("127.0.0.1", system.port + 25, timeout=30) as smtp:
        smtp.send_message(_mail())
        smtp.sendmail(SENDER, ["kontakt@indgang.example"], f"{WORDS}\r\n".encode() + bytes(range(1, 9)) * 40)
    query = "SELECT c.id, c.reference, m.id FROM contacts_contact c JOIN contacts_message m ON m.contact_id = c.id "
    rows = wait_for(lambda: system.rows(query + "WHERE c.inquirer_mail = %s AND m.html > ''", SENDER), 120) or []
    if not rows:
        raise RuntimeError("the mail of this drill did not become a contact")
    contact, reference, message = rows[0]
    item = _taken(system, agent, str(contact))
    browser = logged_in(system, EMPLOYEE, patience=60)
    browser.again = False
    (person, name), *_ = system.rows(
        "SELECT id, name FROM citizens_person WHERE protected_until IS NULL AND name LIKE '%% %%' ORDER BY id LIMIT 1"
    )
    page = browser.get(f"/arbejdsplads/{item}")
    token = page.forms[-1].fields.get("csrfmiddlewaretoken", "")
    browser.post(f"/arbejdsplads/{item}/borger", {"csrfmiddlewaretoken": token, "person": str(person)})
    raw = wait_for(
        lambda: system.rows("SELECT id FROM mail_rawmail WHERE state = 'attention' AND sender = %s", SENDER), 120
    )
    number, document = _case(system, agent, str(reference), str(person))
    places = {
        "number": number,
        "document": document,
        "item": item,
        "contact": str(contact),
        "person": str(person),
        "message": str(message),
        "reference": str(reference),
        "name": quote(name),
        "raw": str((raw or [("missing",)])[0][0]),
        "file": str(system.rows("SELECT id FROM contacts_attachment WHERE message_id = %s", message)[0][0]),
    }
    return _Scene(system, browser, places, (SENDER, NAME, WORDS, name, str(person)))


def _case(system: System, agent: Agent, reference: str, person: str) -> tuple[str, str]:
    """A case of the citizen raised by the mail; the mail's file is a document of it."""
    status, case = agent.call("POST", "/cases", {"task_id": TASK, "citizen": person, "contact": reference})
    if status != 201:
        raise RuntimeError(f"the case of this drill was not opened: {status}")
    query = "SELECT d.id FROM cases_document d JOIN cases_case c ON d.case_id = c.id WHERE c.number = %s LIMIT 1"
    rows = wait_for(lambda: system.rows(query, case["number"]), 60)
    if not rows:
        raise RuntimeError("the file of the mail did not become a document of its case")
    return str(case["number"]), str(rows[0][0])


def _taken(system: System, agent: Agent, contact: str) -> str:
    """The work item of the contact, in the agent's hands; others that come first are finished."""
    for _ in range(50):
        status, item = agent.call("POST", "/work/next")
        if status != 200:
            break
        if system.rows("SELECT 1 FROM routing_workitem WHERE id = %s AND contact = %s", item["id"], contact):
            return str(item["id"])
        agent.call("POST", f"/work/{item['id']}/finish", {"outcome": "informed"})
    raise RuntimeError("the mail of this drill was not given to its agent")


def _mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = f"{NAME} <{SENDER}>", "kontakt@indgang.example"
    message["Subject"], message["Message-ID"] = "Vi flytter", "<lukket@borger.example>"
    message.set_content(f"Jeg flytter og vil melde min nye adresse: {WORDS}.")
    message.add_alternative(f"<p>Jeg flytter til <b>{WORDS}</b>.</p>", subtype="html")
    message.add_attachment(f"Vedlagt: {WORDS}".encode(), maintype="text", subtype="plain", filename="brev.txt")
    return message
