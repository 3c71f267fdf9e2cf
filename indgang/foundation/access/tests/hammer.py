"""One of many processes that guess a password at once: `python -m … NAME ATTEMPTS FROM`; prints what each try met."""

import sys
from collections import Counter
from datetime import UTC, datetime

import django

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    django.setup()
    from indgang.foundation.access.errors import LockedOut, WrongLogin
    from indgang.foundation.access.login import checked_account

    name, attempts, address = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    say("ready")
    sys.stdin.readline()
    met: Counter[str] = Counter()
    for _ in range(attempts):
        try:
            checked_account(username=name, password="gæt-på-en-adgangskode", address=address, at=AT)
        except (WrongLogin, LockedOut) as refusal:
            met[type(refusal).__name__] += 1
    say(f"{met['WrongLogin']} {met['LockedOut']}")


if __name__ == "__main__":
    main()
