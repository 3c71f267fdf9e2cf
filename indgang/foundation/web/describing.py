"""What every operation of the JSON interface may answer besides its own answers, for the OpenAPI description."""

from typing import Any

PROBLEM = {
    "title": "Problem",
    "description": "A refusal (RFC 9457). `code` can be said over the phone; `errors` names the fields.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "The same key and body is done once and answered alike; with another body 409.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\x21-\x7e]+$"},
}
CHANGING = {"post", "put", "patch", "delete"}


def describe(schema: dict[str, Any]) -> None:
    """Add refusals and the Idempotency-Key to every operation."""
    schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            for status, sentence in _refusals(path, method, operation).items():
                operation["responses"].setdefault(status, _answer(sentence))
            if method in CHANGING:
                operation.setdefault("parameters", []).append(KEY)


def _refusals(path: str, method: str, operation: dict[str, Any]) -> dict[str, str]:
    found = {
        "400": "The request cannot be read",
        "422": "Something in it must be corrected; `errors` says what",
        "429": "Too many requests; `Retry-After` says when to come back",
        "503": "The service cannot answer now; `Retry-After` says when to come back",
    }
    if operation.get("security"):
        found |= {"401": "A valid key is missing", "403": "This kind of key may not do it"}
    # An address names something, and so does a question that is narrowed to one case.
    if "{" in path or any(one["name"] == "case" for one in operation.get("parameters", [])):
        found["404"] = "Not there, or not for this key"
    if method in CHANGING:
        found |= {
            "409": "It was changed meanwhile, or the key was used for another request",
            "413": "Too large",
            "415": "The content type is not JSON",
            "507": "The disk is full",
        }
    return found


def _answer(sentence: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": sentence, "content": content}
