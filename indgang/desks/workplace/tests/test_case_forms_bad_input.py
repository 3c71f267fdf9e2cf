"""Every form of cases, found by the addresses, is sent what nobody would type: nothing breaks, no word is lost."""

import html
import re
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from indgang.desks.workplace.tests.case_people import HX
from indgang.desks.workplace.tests.case_world import DESK, World, in_days, make_world
from indgang.desks.workplace.tests.forms_read import Form, forms_of

pytestmark = pytest.mark.django_db
OURS = re.compile(r"workplace\.(case_\w+|access_\w+|papers_for_others|income_pages|document_search_pages)$|"
                  r"administration\.case_load_views$")  # fmt: skip
PARTS = 2  # the addresses in so many tests, side by side
PLACE = re.compile(r"<(\w+):(\w+)>")
WHOSE = {"case-answer": "specialist", "case-archive": "operator", "discard": "operator", "discard-settle": "operator",
         "case_look": "manager", "case_move": "manager", "case_undo": "manager"}  # fmt: skip
OWN = {"once", "csrfmiddlewaretoken"}
NO_FORM = {  # what scripts send, and searches: they answer with words on the page one stands on
    *("case-here", "case-draft", "case-find-party", "access-letter", "case-letter"),
}
WORDS = "Ord, der ikke må blive væk, nr. {n}"
LONG = "æ" * 100_000
UNSEEN = "unseen"
ABSURD = {"0001-01-01", "9999-12-31", "2026-02-31"}
TYPED = {"text", "textarea", "search", "email", "tel"}


@dataclass(frozen=True)
class Target:
    """One address that takes a form: how it is named, where it is, and whose form it is."""

    name: str
    path: str


def walk(entries):
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from ((f"{entry.pattern}{route}", one) for route, one in walk(entry.url_patterns))
        elif isinstance(entry, URLPattern):
            yield str(entry.pattern), entry


def routes():
    """Every address whose view belongs to cases."""
    found = [(route, one) for route, one in walk(get_resolver().url_patterns) if OURS.search(one.callback.__module__)]
    assert len(found) > 90
    return found


def targets(world: World) -> list[Target]:
    """Each such address filled in, those that take no form left out."""
    found = []
    for route, entry in routes():
        for path in paths(route, world):
            allowed = world.browser(WHOSE.get(entry.name, "")).put(path)["Allow"]  # what it takes; nothing is done
            found += [Target(entry.name, path)] if "POST" in allowed else []
    return found


def paths(route: str, world: World) -> list[str]:
    ids = {name: str(key) for name, key in world.ids.items()} | {"what": "godkend", "page": "1", "code": "cpr"}
    if "aktindsigt" in route:
        ids |= {"number": world.access, "item_id": ids["access item"]}
    names = [name for _kind, name in PLACE.findall(route)]
    numbers = [world.open_case, world.decided_case] if names == ["number"] else [world.open_case]
    if {"decision_id", "complaint_id"} & set(names):
        numbers = [world.decided_case if "decision_id" in names else world.complaint_case]
    if "number" in ids or "number" not in names:
        numbers = [ids.get("number", "")]
    missing = set(names) - set(ids) - {"number"}
    assert not missing, f"{route}: say in case_world what {missing} is"
    return [at_place(route, ids | {"number": number}) for number in numbers]


def at_place(route: str, ids: dict[str, str]) -> str:
    return "/" + PLACE.sub(lambda part: ids[part[2]], route)


def forms(world: World, found: list[Target]) -> dict[str, Form]:
    """The forms of all pages by where they go."""
    one = [f"{DESK}/sag/{number}" for number in (world.open_case, world.decided_case, world.complaint_case)]
    places = [(DESK, ""), *((path, "") for path in one), (f"{one[0]}/dokumenter/{world.ids['document_id']}", "")]
    places += [(f"{one[0]}/afgoerelse", ""), (f"{one[0]}/brev?skabelon=mangler&sprog=da", "")]
    places += [(f"{DESK}/aktindsigt/{world.access}", ""), (f"{DESK}/papirer", ""), (f"{DESK}/sager", "")]
    places += [(f"{DESK}/aktindsigt/{world.access}/emne/{world.ids['access item']}", "")]
    places += [(f"{DESK}/kassation/{world.ids['run_id']}", "operator"), ("/ledelse/sager?hos=ingen", "manager")]
    places += [(target.path, WHOSE.get(target.name, "")) for target in found]
    gathered: dict[str, Form] = {}
    for path, who in places:
        answer = world.browser(who).get(path)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            gathered |= {form.action.partition("?")[0]: form for form in forms_of(answer)}
    return gathered


def unseen(target: Target) -> Form:
    """No page shows the form just now: names such forms have, all of them, sent only to see that nothing breaks."""
    names = ["version", "decision", "to", "sag", "valgt", "til", "enhed", "fortryd", "field", "ground", "words", "body"]
    names += ["q", "case", "year", "day", "way", "reason", "outcome"]
    return Form(target.path, key=UNSEEN, values={name: [] for name in names}, kinds=dict.fromkeys(names, "hidden"))


def filled(form: Form, world: World) -> dict[str, object]:
    """The form as somebody fills it in."""
    given = form.sent()
    for n, (name, kind) in enumerate(form.kinds.items()):
        if kind == "file" or given[name] not in ([], [""]):
            continue
        if kind in {"radio", "select"}:
            given[name] = form.choices.get(name, [""])[-1:]
        elif kind == "date":
            given[name] = [in_days(12)]
        elif kind in TYPED:
            given[name] = [WORDS.format(n=n)[: 20 if kind == "text" else 99]]
    usual = {"to": f"employee:{world.colleague}", "number": world.others_case, "register": "elsewhere"}
    return given | {name: [value] for name, value in usual.items() if name in given}


def wrong_values(world: World) -> dict[str, str]:
    """What nobody would send."""
    return {
        "empty": "", "huge": LONG, "nul": "ord\x00ord", "negative": "-1", "no number": "tolv", "too large": "9" * 40,
        "an odd digit": "²", "an unknown id": str(uuid4()), "a case of others": world.others_case,
        "an unknown employee": "employee:9999999999", "year one": "0001-01-01", "the last day": "9999-12-31",
        "no such day": "2026-02-31", "stale": "0",
    }  # fmt: skip


BY_KIND = {
    "date": ("year one", "the last day", "no such day"),
    "hidden": ("empty", "too large", "an unknown id"),
    "select": ("no number",),
    "radio": ("no number",),
    "checkbox": ("nul",),
}
ALIKE = re.compile(r"-[2-9]$")  # the second line of a table is read as the first
TEXT = ("huge", "nul")


def all_wrong(form: Form, world: World):
    """(what is wrong, what is sent) where everything is wrong in the same way; first as somebody fills it in."""
    wrong = wrong_values(world)
    yield "as filled in", filled(form, world)
    yield "nothing at all", {}
    for what in ("empty", "huge", "nul", "negative", "too large", "an unknown id", "the last day"):
        yield f"all {what}", {name: [wrong[what]] for name in form.kinds if name not in OWN}


def one_wrong(form: Form, world: World):
    """(what is wrong, what is sent) where one field is wrong and the others are right."""
    good, wrong = filled(form, world), wrong_values(world)
    for name in form.kinds:
        if name in OWN or ALIKE.search(name):
            continue
        for what in BY_KIND.get(form.kinds[name], TEXT):
            yield f"{name} {what}", good | {name: [wrong[what]]}


def fault(target: Target, form: Form, sent: dict[str, object], answer) -> str:
    """What is wrong with the answer; "" for nothing."""
    said = "" if answer.streaming else html.unescape(answer.content.decode(errors="replace")).replace("\0", "")
    if answer.status_code >= 500:
        return "broke"
    if answer.status_code == 302 or "HX-Redirect" in answer:
        days = {value for name, kind in form.kinds.items() if kind == "date" for value in sent.get(name, [])}
        to_login = answer.headers.get("Location", "").startswith("/log-ind")
        return "led to the login" if to_login else f"took {days & ABSURD} for a day" if days & ABSURD else ""
    if answer.status_code == 200:
        fine = target.name in NO_FORM or answer["Content-Type"] == "application/pdf"
        return "" if fine else "a page, as if it was done"
    if "W400" in said:
        return "did not say which field"
    typed = [(name, value.replace("\0", "")) for name in form.kinds for value in sent.get(name, [])]
    lost = [name for name, value in typed if form.kinds[name] in TYPED and value not in said]
    return f"lost what was typed in {lost}" if lost and not answer_is_part(answer) else ""


def answer_is_part(answer) -> bool:
    """A dialog or message of the page one stands on, where everything typed stands still."""
    return "HTTP_HX_REQUEST" in answer.request


def tried(client, address: str, sent: dict[str, object], **how):
    """The answer; what it did is taken back, so that the next one finds everything as it was."""
    client.raise_request_exception = False
    with transaction.atomic():
        answer = client.post(address, sent, **how)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("part", range(PARTS))
def test_no_form_of_cases_breaks_or_loses_a_word(part):
    world = make_world()
    found = targets(world)
    known, wrong = forms(world, found), []
    for target in found[part::PARTS]:
        form, client = known.get(target.path) or unseen(target), world.browser(WHOSE.get(target.name, ""))
        answers = [(what, sent, tried(client, form.action, sent)) for what, sent in all_wrong(form, world)]
        answers += [(what, sent, tried(client, form.action, sent, headers=HX)) for what, sent in one_wrong(form, world)
                    if form.key != UNSEEN]  # fmt: skip
        for what, sent, answer in answers:
            if said := fault(target, form, sent, answer):
                wrong.append(f"{target.path} ({target.name}), {what}: {said} ({answer.status_code})")
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong)


def test_every_form_of_cases_has_the_key_that_makes_a_second_click_harmless():
    world = make_world()
    found = targets(world)
    ours = {target.path: target.name for target in found}
    assert [path for path, form in forms(world, found).items() if path in ours and "once" not in form.values] == []
