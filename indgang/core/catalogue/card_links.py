"""Where the links and codes of published cards lead: cards, sections, codes, laws, addresses of the municipality."""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import requests
from django.db import transaction
from django.utils.translation import gettext

from indgang.core.catalogue import card_rendering, card_text, indexing, words
from indgang.core.catalogue.card_around import law_card
from indgang.core.catalogue.card_content import BY_ANCHOR, CardContent, LawRef
from indgang.core.catalogue.card_rules import with_groups
from indgang.core.catalogue.card_values import LawCard, LinkFault
from indgang.core.catalogue.models import Authority, Card, CheckedLink, Law, Rate, Setting, Task
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

CHECKER = "system:link-check"
OWN_HOSTS = "catalogue.own_hosts"  # the setting: hosts whose addresses are asked whether they answer
AGAIN_AFTER = timedelta(days=7)
MOST_AT_ONCE = 200
SHORT, MOST_LAWS = 3, 5  # letters of a word that is looked for whole; laws shown
READ_CHARACTERS = 1000
_SAY_NOTHING = {"lov", "bekendtgør"}  # stems
PATIENCE = 5.0  # seconds for one answer
PAUSE = 0.5  # between two questions to the same host
_INVENTED = re.compile(r"\.(example|invalid|test)$")  # reserved names that never answer

Ask = Callable[[str], str]


def link_faults(*, materials: Collection[str] | None = None) -> list[LinkFault]:
    """Every link and code of the published cards that leads nowhere; forms are held against `materials` if given."""
    cards = dict(_published())
    anchors = {task: {one.anchor for one in content.sections} for task, content in cards.items()}
    known = {
        "tasks": set(Task.objects.values_list("code", flat=True)),
        "authorities": set(Authority.objects.values_list("code", flat=True)),
        "rates": set(with_groups(Rate.objects.values_list("code", flat=True))),
    }
    silent = dict(CheckedLink.objects.exclude(fault="").values_list("address", "fault"))
    found = []
    for task, content in cards.items():
        for section, target in _targets(content):
            why = _why(target, known["tasks"], anchors, silent)
            if why:
                found.append(LinkFault(task, section, target, why))
        found += [
            LinkFault(task, "", code, gettext("Koden findes ikke mere. Ret kortet."))
            for code in _lost_codes(content, known, materials)
        ]
    return found


def laws(at: datetime) -> list[LawCard]:
    """The laws of the register and those cards name without it, each once, with what is out of date."""
    day = clock.local(at).date()
    known = {row.title.casefold(): row for row in Law.objects.order_by("title")}
    named = {law.title.casefold(): law.title for _, content in _published() for law in content.laws}
    titles = {key: row.title for key, row in known.items()} | named
    return [law_card(LawRef(title), known.get(key), day) for key, title in sorted(titles.items())]


def search_laws(q: str, at: datetime) -> list[LawCard]:
    """The laws of the register whose title has a word that begins as a word of `q` does; most words first."""
    asked = _telling(words.unique(words.tokens(words.normalise(q[:READ_CHARACTERS]))))
    found = []
    for row in Law.objects.order_by("title") if asked else ():
        title = words.tokens(words.normalise(row.title))
        hits = sum(any(one == word or one.startswith(stem) for one in title) for word, stem in asked.items())
        if hits:
            found.append((hits, row))
    day = clock.local(at).date()
    found.sort(key=lambda one: -one[0])
    return [law_card(LawRef(row.title), row, day) for _, row in found[:MOST_LAWS]]


def _telling(asked: list[str]) -> dict[str, str]:
    """Each word with its beginning, without those that stand in titles of all kinds; a short one stays whole."""
    stems = indexing.stem(asked, "da") if asked else {}
    telling = {word: stem for word, stem in stems.items() if stem and stem not in _SAY_NOTHING}
    return {word: stem if len(stem) > SHORT else f"{word} " for word, stem in telling.items()}


def linked_cards(day: date) -> dict[str, list[str]]:
    """Task -> what is wrong with the links and laws of its card, in words."""
    found: dict[str, list[str]] = defaultdict(list)
    for fault in link_faults():
        found[fault.code].append(f"{fault.target}: {fault.why}")
    replaced = {row.title.casefold(): row for row in Law.objects.exclude(replaced_by="")}
    for task, content in _published() if replaced else ():
        for law in content.laws:
            if row := replaced.get(law.title.casefold()):
                found[task].append(f"{law.title}: {law_card(law, row, day).warning}")
    return dict(found)


def addresses() -> set[str]:
    """The https addresses of the municipality's own hosts on published cards."""
    row = Setting.objects.filter(code=OWN_HOSTS).first()
    hosts = set(row.value) if row else set()
    found = {target for _, content in _published() for _, target in _targets(content) if target.startswith("https:")}
    return {
        one for one in found if urlsplit(one).netloc in hosts and not _INVENTED.search(urlsplit(one).hostname or "")
    }


def check_links(*, at: datetime) -> int:
    """Ask the municipality's own addresses whether they answer, politely, and keep what they said; how many asked.

    Each is asked again after a week. No transaction is held while waiting for an answer.
    """
    wanted = addresses()
    fresh = set(CheckedLink.objects.filter(checked_at__gt=at - AGAIN_AFTER).values_list("address", flat=True))
    answers = dict(ask_politely(sorted(wanted - fresh)[:MOST_AT_ONCE], head))
    _keep(answers, wanted, at)
    return len(answers)


def ask_politely(asked: Iterable[str], ask: Ask) -> Iterator[tuple[str, str]]:
    """Each address with what is wrong with it, one at a time and with a pause for the host."""
    before = ""
    for address in asked:
        host = urlsplit(address).netloc
        if host == before:
            time.sleep(PAUSE)
        before = host
        yield address, ask(address)


def head(address: str) -> str:
    """What is wrong with an address; empty when it answers. Redirects are followed, bodies are not read."""
    try:
        with requests.Session() as session:
            session.headers["User-Agent"] = "Indgang link check"
            session.max_redirects = 5
            answer = session.head(address, timeout=PATIENCE, allow_redirects=True)
            if answer.status_code in (405, 501):  # the server knows no HEAD
                answer = session.get(address, timeout=PATIENCE, stream=True)
    except requests.Timeout:
        return f"Siden svarer ikke inden for {int(PATIENCE)} sekunder."
    except requests.TooManyRedirects:
        return "Siden sender rundt i ring."
    except requests.RequestException:
        return "Der er ingen forbindelse til siden."
    if answer.status_code >= 400:
        return f"Siden svarer med fejl {answer.status_code}."
    return ""


@transaction.atomic
def _keep(answers: dict[str, str], wanted: set[str], at: datetime) -> None:
    CheckedLink.objects.exclude(address__in=wanted).delete()
    for address, fault in answers.items():
        CheckedLink.objects.update_or_create(address=address, defaults={"checked_at": at, "fault": fault})
    if answers:
        journal.record(
            "catalogue.links_checked", at=at, viewer_name=CHECKER, subject="catalogue.links",
            data={"asked": len(answers), "faults": sum(1 for fault in answers.values() if fault)},
        )  # fmt: skip


def _published() -> Iterator[tuple[str, CardContent]]:
    cards = Card.objects.exclude(published=None).select_related("published").order_by("task")
    for card in cards:
        if card.published:
            yield card.pk, card_rendering.content_of(card.published.text)


def _targets(content: CardContent) -> Iterator[tuple[str, str]]:
    if content.self_service:
        yield "", content.self_service
    for section in content.sections:
        for target in card_text.targets(section.text):
            yield BY_ANCHOR[section.anchor].title, target


def _why(target: str, tasks: set[str], anchors: dict[str, set[str]], silent: dict[str, str]) -> str:
    if target.startswith("https:"):
        return silent.get(target, "")
    task, _, anchor = target.partition("#")
    if task not in tasks:
        return gettext("Opgaven findes ikke mere. Ret linket.")
    if task not in anchors:
        return gettext("Opgaven har intet kort endnu.")
    if anchor and anchor not in anchors[task]:
        return gettext("Kortet har ikke det afsnit. Ret linket.")
    return ""


def _lost_codes(content: CardContent, known: dict[str, set[str]], materials: Collection[str] | None) -> Iterator[str]:
    yield from (code for code in content.related if code not in known["tasks"])
    yield from (code for code in content.rates if code not in known["rates"])
    if content.authority and content.authority not in known["authorities"]:
        yield content.authority
    if materials is not None:
        yield from (code for code in content.materials if code not in materials)
    for question in content.guide:
        yield from (answer.task for answer in question.answers if answer.task and answer.task not in known["tasks"])
