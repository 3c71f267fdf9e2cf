"""How often the triage is right on sentences it was not made from, beside plain full text over the same words.

    .venv/bin/python benchmarks/triage_quality.py [--data FILE] [--phrases 0,5,10,20,40] [--misses]

Reads JSON lines with text, lang, accept (tasks; empty: none fits) and note ([out], [out] emergency, [unclear]); see
docs/triage-evaluation.md. The learning curve loads that many phrases per task, drawn by lot with a fixed seed.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from _report import Report
from _start import ROOT, database

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SEEN = ROOT / "benchmarks" / "data" / "triage_seen.jsonl"
PLAIN = """
SELECT task_id FROM catalogue_searchrow, to_tsquery(%s::regconfig, %s) q
WHERE language = %s AND vector @@ q ORDER BY ts_rank(vector, q) DESC, task_id LIMIT 3
"""


@dataclass(frozen=True)
class Answered:
    """A sentence and what came back: the decision, at most three tasks, the sentence shown."""

    row: dict[str, Any]
    decision: str
    tasks: list[str]
    notice: str

    @property
    def rank(self) -> int:
        """0 for the first suggestion right, 1 or 2 for the next two, 9 for none of them."""
        return next((n for n, task in enumerate(self.tasks) if task in self.row["accept"]), 9)


def ours(row: dict[str, Any]) -> Answered:
    from indgang.core.catalogue import selectors

    found = selectors.triage(row["text"], language=row["lang"], at=AT)
    return Answered(row, found.decision, [each.task_id for each in found.suggestions[:3]], found.notice)


def by_words(row: dict[str, Any]) -> Answered:
    from indgang.core.catalogue import triage

    found = [target for target, _ in triage.by_words(row["text"], language=row["lang"], at=AT)]
    return Answered(row, "suggest", [target for target in found if not target.startswith("!")][:3], "")


def plain(row: dict[str, Any]) -> Answered:
    from django.db import connection

    from indgang.core.catalogue import words

    asked = " | ".join(words.tokens(words.normalise(row["text"]))) or "x"
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, ["english" if row["lang"] == "en" else "danish", asked, row["lang"]])
        tasks = [task for (task,) in cursor.fetchall()]
    return Answered(row, "suggest" if tasks else "none", tasks, "")


def about(answers: Sequence[Answered]) -> list[Answered]:
    return [each for each in answers if each.row["accept"]]


def share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def hits(answers: Sequence[Answered], best: int) -> float:
    """Percent of the sentences about a task with an accepted one among the first `best`."""
    rows = about(answers)
    return share(sum(1 for each in rows if each.rank < best), len(rows))


def of_kind(answers: Sequence[Answered], mark: str) -> list[Answered]:
    return [each for each in answers if not each.row["accept"] and each.row["note"].startswith(mark)]


def judge(report: Report, answers: Sequence[Answered]) -> None:
    """The figures with the targets they are held against."""
    report.at_least("hit@1", hits(answers, 1), 85, "%", digits=1)
    report.at_least("hit@3", hits(answers, 3), 95, "%", digits=1)
    out = of_kind(answers, "[out]")
    held = [each for each in out if each.decision in ("none", "ask")]
    report.at_least("out of scope answered with none or ask", share(len(held), len(out)), 80, "%", digits=1)
    emergencies = of_kind(answers, "[out] emergency")
    told = sum("112" in each.notice for each in emergencies)
    report.add("emergencies told to ring 112", f"{told} of {len(emergencies)}")
    unclear = of_kind(answers, "[unclear]")
    report.add("unclear sentences asked about", f"{sum(e.decision == 'ask' for e in unclear)} of {len(unclear)}")
    turned = [each for each in about(answers) if each.decision in ("none", "ask")]
    report.add("sentences about a task answered with none or ask", f"{len(turned)} of {len(about(answers))}")
    for decision in ("none", "ask"):
        said = [each for each in answers if each.decision == decision]
        right = [each for each in said if not each.row["accept"]]
        report.add(f"precision of {decision}", f"{len(right)} of {len(said)}")


def asked_once(answers: Sequence[Answered]) -> str:
    """Misses one question would turn into a hit: the accepted task is among those asked about."""
    missed = [each for each in about(answers) if each.rank]
    return f"{sum(1 for each in missed if each.rank < 3 and each.decision == 'ask')} of {len(missed)} misses"


def confusion(answers: Sequence[Answered]) -> list[str]:
    """Which task was taken for which, most often first; and the sentences that missed."""
    missed = [each for each in about(answers) if each.rank]
    pairs = Counter(("/".join(each.row["accept"]), each.tasks[0] if each.tasks else each.decision) for each in missed)
    return [f"  {right} taken for {wrong}: {count}" for (right, wrong), count in pairs.most_common()]


def with_phrases(count: int, rows: list[dict[str, Any]], way: Callable[[dict[str, Any]], Answered]) -> list[Answered]:
    """The answers when each task has at most that many phrases; nothing is kept."""
    from django.db import transaction

    from indgang.core.catalogue import services
    from indgang.core.catalogue.models import Phrase

    chance = random.Random(20261122)
    with transaction.atomic():
        by_task: dict[str, list[int]] = {}
        for task, number in Phrase.objects.exclude(task=None).order_by("pk").values_list("task_id", "pk"):
            by_task.setdefault(task, []).append(number)
        drop = [pk for keys in by_task.values() for pk in chance.sample(keys, len(keys))[count:]]
        Phrase.objects.filter(pk__in=drop).delete()
        services.rebuild_search(AT)
        answers = [way(row) for row in rows]
        transaction.set_rollback(True)
    return answers


def learn(report: Report) -> None:
    """Train on what the profile brings, and say how well that went."""
    from indgang.core.catalogue import services

    start = time.perf_counter()
    made = services.train_if_old(AT)
    if made:
        report.add("texts the model was trained on", str(made.examples), f"in {time.perf_counter() - start:.0f} s")
        held = f"{made.right} of {made.held_back}"
        report.add("sentences held back from training: right", held, f"{made.right_by_words} by words alone")


def beside(report: Report, rows: list[dict[str, Any]], counts: list[int]) -> None:
    """Plain full text, the search without what was learned, and that with fewer phrases."""
    ways = {"plain full text, same words": plain, "by words alone": by_words}
    for name, way in ways.items():
        found = [way(row) for row in rows]
        report.add(f"{name}: hit@1", f"{hits(found, 1):.1f} %", f"hit@3 {hits(found, 3):.1f} %")
    for count in counts:
        some = with_phrases(count, rows, by_words)
        at_three = f"hit@3 {hits(some, 3):.1f} %"
        report.add(f"by words alone, at most {count} phrases a task: hit@1", f"{hits(some, 1):.1f} %", at_three)


def show_misses(answers: Sequence[Answered]) -> None:
    for each in answers:
        if each.rank if each.row["accept"] else each.decision == "suggest":
            told = [each.row["id"], each.row["text"], each.row["accept"], each.decision, each.tasks]
            print(json.dumps(told, ensure_ascii=False))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SEEN)
    parser.add_argument("--phrases", default="0,5,10,20")
    parser.add_argument("--misses", action="store_true", help="print every sentence that missed")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.data.read_text().splitlines()]
    report = Report("triage_quality" if options.data == SEEN else f"triage_quality_{options.data.stem}")
    with database(profile=True):
        learn(report)
        answers = [ours(row) for row in rows]
        report.add("sentences", str(len(rows)), f"{len(about(answers))} about a task")
        judge(report, answers)
        report.add("turned into a hit by one question", asked_once(answers))
        beside(report, rows, [int(each) for each in options.phrases.split(",") if each])
    print("\n".join(confusion(answers)))
    if options.misses:
        show_misses(answers)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
