"""Order one letter at the printer over HTTP, and say what went wrong: try again, or give up."""

import base64
import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings

from indgang.foundation.journal.errors import DeliveryFailed, DeliveryRefused

TIMEOUT_SECONDS = 20
_LONGEST_ANSWER = 10_000
_TRY_AGAIN = frozenset({401, 403, 404, 408, 409, 425, 429})  # about us, the address or the moment, not the letter


@dataclass(frozen=True)
class PrintOrder:
    """One letter; the same key is the same letter, however often it is ordered."""

    key: str
    reference: str
    address: str  # name, street and place, line by line
    document: str  # code of the form or leaflet that is printed
    title: str
    text: str  # of the covering letter
    language: str = "da"
    file: bytes = b""  # a finished letter (PDF) that is printed as it is, instead of a document and its covering letter


def order_print(order: PrintOrder, *, timeout: float = TIMEOUT_SECONDS) -> str:
    """The printer's number of the order; returns only when the printer says that it has taken this very order.

    Raises DeliveryFailed when a later attempt may succeed (also for an answer that is not understood: the key keeps
    the letter from being printed twice), DeliveryRefused when the printer will not take this letter.
    """
    body = json.dumps(_facts(order)).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": order.key}
    request = Request(f"{settings.PRINT_URL}/orders", data=body, headers=headers, method="POST")  # noqa: S310
    try:
        with urlopen(request, timeout=timeout) as response:  # noqa: S310
            content = response.read(_LONGEST_ANSWER)
    except HTTPError as error:
        raise _sorted(error) from error
    except (URLError, HTTPException, OSError) as error:
        raise DeliveryFailed(f"Trykkeriet kan ikke nås eller afbrød ({type(error).__name__}).") from error
    return _number(content, order)


def _facts(order: PrintOrder) -> dict[str, str]:
    facts = {name: value for name, value in asdict(order).items() if name not in {"key", "file"}}
    if order.file:
        facts |= {"file": base64.b64encode(order.file).decode(), "sha256": sha256(order.file).hexdigest()}
    return facts


def _number(content: bytes, order: PrintOrder) -> str:
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise DeliveryFailed("Trykkeriet svarede noget, der ikke kan læses.") from error
    if not isinstance(answer, dict) or answer.get("key") != order.key or not isinstance(answer.get("order"), str):
        raise DeliveryFailed("Trykkeriet svarede på noget andet end det, der blev bestilt.")
    return str(answer["order"])


def _sorted(error: HTTPError) -> DeliveryFailed | DeliveryRefused:
    sentence = f"Trykkeriet svarede {error.code}."
    if 400 <= error.code <= 499 and error.code not in _TRY_AGAIN:
        return DeliveryRefused(sentence)
    return DeliveryFailed(sentence)
