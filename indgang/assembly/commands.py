"""The command line `indgang`. Every command has --json and --help; a refusal is one sentence and exit code 1."""

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from indgang.assembly import discard_command, planning_commands
from indgang.assembly.database import CommandRefused, is_outside, migrate, running_database
from indgang.foundation.runtime.cluster_home import ClusterError
from indgang.foundation.runtime.lock import AlreadyRunning
from indgang.foundation.runtime.settings_env import BadSetting

Arguments = argparse.Namespace
Command = Callable[[Arguments], int]


def main(given: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args(given)
    try:
        return int(arguments.run(arguments))
    except (CommandRefused, ClusterError, AlreadyRunning) as refusal:
        return _refuse(arguments, str(refusal))
    except BadSetting as refusal:
        return _refuse(arguments, str(refusal.code))
    except KeyboardInterrupt:
        return 130


def up(arguments: Arguments) -> int:
    """Start everything and run until stopped."""
    from indgang.assembly.up import up as run

    return run()


def migrate_database(arguments: Arguments) -> int:
    """Bring the database's tables up to date, as the owner."""
    if os.environ.get("INDGANG_DB_ROLE") == "owner":
        _django()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        return 0
    with running_database(_data(), "indgang migrate"):
        migrate()
    return _answer(arguments, {"migrated": True}, "The database is up to date.")


def prepare(arguments: Arguments) -> int:
    """Build what pages need, set the clock, and fill an empty demo."""
    from indgang.assembly.assets import collect_static_files, compile_translations

    compile_translations()
    _django()
    from django.conf import settings

    from indgang.assembly.preparation import fill_empty_demo, fill_registers, set_clock

    collect_static_files(Path(settings.STATIC_ROOT))
    set_clock()
    fill_empty_demo()
    fill_registers()
    return 0


def doctor(arguments: Arguments) -> int:
    """Look at everything that must be right, and say the remedy for what is not."""
    with running_database(_data(), "indgang doctor"):
        _django()
        from indgang.assembly.doctor import examine

        findings = examine()
    words = {"ok": "ok  ", "warn": "WARN", "fail": "FAIL"}
    lines = [f"{words[f.state]}  {f.name}: {f.sentence}" + (f"  -> {f.remedy}" if f.remedy else "") for f in findings]
    failed = any(f.state == "fail" for f in findings)
    _answer(arguments, {"ok": not failed, "findings": [dataclasses.asdict(f) for f in findings]}, "\n".join(lines))
    return 1 if failed else 0


def load_profile(arguments: Arguments) -> int:
    """Load a municipality's own data; all or nothing."""
    with running_database(_data(), "indgang load-profile"):
        migrate()
        _django()
        from indgang.assembly.preparation import load

        report = load(arguments.name)
    return _answer(arguments, report, f"The profile {arguments.name} is loaded: {json.dumps(report, default=str)}")


def learn(arguments: Arguments) -> int:
    """Train the triage on what the catalogue holds, when that has changed since the last time."""
    with running_database(_data(), "indgang learn"):
        _django()
        from indgang.core.catalogue.services import train_if_old
        from indgang.foundation.runtime import clock

        made = train_if_old(clock.now())
    if made is None:
        return _answer(arguments, {"trained": False}, "Nothing has changed since the last training.")
    figures = {name: getattr(made, name) for name in ("examples", "held_back", "right", "right_by_words", "used")}
    told = f"Trained on {made.examples} texts. Of {made.held_back} held back {made.right} are right, "
    told += f"{made.right_by_words} by words alone; " + ("in use." if made.used else "not used.")
    return _answer(arguments, {"trained": True, **figures}, told)


def demo_data(arguments: Arguments) -> int:
    """Invent citizens, contacts and cases, to try size and speed."""
    with running_database(_data(), "indgang demo-data"):
        migrate()
        _django()
        from indgang.assembly.demo_data import generate

        report = generate(
            citizens=arguments.citizens, contacts=arguments.contacts, cases=arguments.cases, seed=arguments.seed
        )
    made = f"Invented {report['citizens']} citizens, {report['contacts']} contacts and {report['cases']} cases."
    return _answer(arguments, report, made)


def backup(arguments: Arguments) -> int:
    """Write database, files and secrets to one file."""
    from indgang.assembly.backup import write_backup

    with running_database(_data(), "indgang backup"):
        manifest = write_backup(_data(), Path(arguments.file))
    return _answer(arguments, manifest, f"Backup written to {arguments.file} ({manifest['files']} files).")


def restore(arguments: Arguments) -> int:
    """Put a backup in the place of what is there; refuses while Indgang runs."""
    from indgang.assembly.restore import restore_backup

    report = restore_backup(_data(), Path(arguments.file))
    _answer(
        arguments, report, f"Restored {arguments.file}: {report['events']} events verified, {report['files']} files."
    )
    return 0 if report["intact"] else 1


def verify_journal(arguments: Arguments) -> int:
    """Hold the journal against its seals; exit code 1 when a row was altered, removed, inserted or cut off."""
    with running_database(_data(), "indgang verify-journal"):
        _django()
        from indgang.foundation.journal import services as journal

        report = journal.verify()
    facts = {**dataclasses.asdict(report), "intact": report.intact}
    lines = [f"seal {f.seal}: {f.kind} {f.event} {f.sentence}" for f in report.findings]
    verdict = "The journal is intact" if report.intact else "THE JOURNAL IS BROKEN"
    lines.append(f"{verdict}: {report.seals} seals over {report.events} events, {report.unsealed} not sealed yet.")
    _answer(arguments, facts, "\n".join(lines))
    return 0 if report.intact else 1


def cards(arguments: Arguments) -> int:
    """Check guidance cards (every fault with file, line, field and remedy), or put them in the canonical form."""
    from indgang.assembly import cards as files
    from indgang.assembly import settings

    if arguments.action in ("export", "import"):
        return _move_cards(arguments)
    found = files.files_of(arguments.paths, settings.INDGANG_PROFILES / settings.INDGANG_PROFILE)
    changed = files.format_files(found) if arguments.action == "format" else []
    faults = files.check(found)
    facts = {"files": len(found), "changed": [str(file) for file in changed], "faults": [vars(one) for one in faults]}
    lines = [str(fault) for fault in faults]
    lines.append(f"{len(found)} cards, {len(changed)} put in canonical form, {len(faults)} faults.")
    _answer(arguments, facts, "\n".join(lines))
    return 1 if faults else 0


def _move_cards(arguments: Arguments) -> int:
    if len(arguments.paths) != 1:
        raise CommandRefused("Name one folder or one .zip file.")
    with running_database(_data(), f"indgang cards {arguments.action}"):
        _django()
        from indgang.assembly import cards_moving as moving

        place = Path(arguments.paths[0])
        if arguments.action == "export":
            count = moving.write_out(place)
            return _answer(arguments, {"cards": count}, f"{count} cards written to {place}.")
        report = moving.take_in(place, publish=arguments.publish, why=arguments.why)
    done = "published" if arguments.publish else "kept as drafts"
    lines = [f"{report.published} cards {done}."] + [f"{task}: left alone, a draft waits." for task in report.conflicts]
    return _answer(arguments, dataclasses.asdict(report), "\n".join(lines))


def move_clock(arguments: Arguments) -> int:
    """Move the clock of a demo."""
    with running_database(_data(), "indgang move-clock"):
        _django()
        from indgang.assembly.preparation import move_clock_to

        now = move_clock_to(arguments.to)
    return _answer(arguments, {"now": now}, f"The clock shows {now}.")


def worker(arguments: Arguments) -> int:
    _process()
    from indgang.assembly.workers import run_worker

    run_worker()
    return 0


def dispatcher(arguments: Arguments) -> int:
    _process()
    from indgang.core.routing.services import run_dispatcher

    run_dispatcher()
    return 0


def mailroom(arguments: Arguments) -> int:
    _process()
    from indgang.entrances.mail.services import run_mailroom

    run_mailroom()
    return 0


def simulators(arguments: Arguments) -> int:
    _process()
    from indgang.foundation.registers.services import run_simulators

    run_simulators()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="indgang", description="One entrance for citizens to their whole municipality."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, run: Command, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=run.__doc__ or text)
        command.add_argument("--json", action="store_true", help="answer as JSON")
        command.set_defaults(run=run)
        return command

    add("up", up, "start everything and run until stopped")
    add("doctor", doctor, "check an installation")
    add("load-profile", load_profile, "load a municipality's data").add_argument("name", metavar="NAME")
    add("learn", learn, "train the triage on cards, words and corrections (done every few minutes)")
    _add_demo_data(add("demo-data", demo_data, "invent citizens, contacts and cases"))
    add("backup", backup, "write a backup").add_argument("file", metavar="FILE")
    add("restore", restore, "restore a backup").add_argument("file", metavar="FILE")
    add("verify-journal", verify_journal, "check the journal's seals")
    discard_command.add_to(add, _answer, _started)
    add("migrate", migrate_database, "bring the database up to date")
    _add_cards(add("cards", cards, "check guidance cards as files, write them out, take them in"))
    moving = add("move-clock", move_clock, "move the clock of a demo")
    moving.add_argument("to", metavar="TIME", help="local time like 2026-03-02T09:00, a step like +2h or -1d, or real")
    planning_commands.add_to(add, _answer)
    add("prepare", prepare, "build pages' files and fill an empty demo (done by up)")
    for name, run in (
        ("worker", worker),
        ("dispatcher", dispatcher),
        ("mailroom", mailroom),
        ("simulators", simulators),
    ):
        add(name, run, "one process of the installation (started by up)")
    return parser


def _add_cards(command: argparse.ArgumentParser) -> None:
    actions = ("check", "format", "export", "import")
    command.add_argument("action", choices=actions, metavar="|".join(actions))
    command.add_argument("paths", nargs="*", metavar="FILE", help="files, folders or a .zip; none: the profile's cards")
    command.add_argument("--publish", action="store_true", help="import: publish at once instead of keeping drafts")
    command.add_argument("--why", default="læst ind fra filer", help="import: stands in the cards' history")


def _add_demo_data(command: argparse.ArgumentParser) -> None:
    for what in ("citizens", "contacts", "cases"):
        command.add_argument(f"--{what}", type=_count, default=0, metavar="N")
    command.add_argument("--seed", type=_count, default=1, metavar="N", help="the same seed invents the same people")


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 up")
    return int(text)


def _data() -> Path:
    from indgang.assembly import settings

    if is_outside() and not os.environ.get("DATABASE_OWNER_URL"):
        raise CommandRefused("DATABASE_URL is set; set DATABASE_OWNER_URL too.")
    return settings.DATA


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
    django.setup()


@contextmanager
def _started(name: str) -> Iterator[None]:
    with running_database(_data(), name):
        _django()
        yield


def _process() -> None:
    from indgang.foundation.runtime.logs import uncaught

    _django()
    sys.excepthook = uncaught


def _answer(arguments: Arguments, facts: Any, text: str) -> int:
    sys.stdout.write((json.dumps(facts, ensure_ascii=False, default=str) if arguments.json else text) + "\n")
    return 0


def _refuse(arguments: Arguments, sentence: str) -> int:
    if arguments.json:
        sys.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"indgang: {sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
