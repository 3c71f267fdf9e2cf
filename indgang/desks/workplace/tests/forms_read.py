"""The forms of a page as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

NOT_SENT = {"submit", "button", "reset", "image"}


@dataclass
class Form:
    """One form: where it goes, what it would send, and what may be chosen."""

    action: str
    key: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # text, textarea, select, radio, checkbox, date, hidden, file
    choices: dict[str, list[str]] = field(default_factory=dict)

    def sent(self, **words: object) -> dict[str, object]:
        """What goes to the server when these words are typed."""
        return {**{name: list(values) for name, values in self.values.items()}, **words}


def forms_of(answer) -> list[Form]:
    """Every form of the page that is sent by POST."""
    reader = _Reader(answer.request["PATH_INFO"])
    reader.feed(answer.content.decode())
    return reader.forms


def form_to(answer, action: str) -> Form:
    """The form of the page that goes to this address."""
    return next(form for form in forms_of(answer) if form.action == action)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, []
        self.form: Form | None = None
        self.textarea, self.select = "", ""

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            sent = given.get("method", "get").lower() == "post"
            self.form = Form(given.get("action") or self.address, given.get("id", "")) if sent else None
            self.forms += [self.form] if self.form else []
            return
        if self.form is None or (tag not in {"option"} and not given.get("name")):
            return
        if tag == "input":
            self._input(given, "checked" in given)
        elif tag == "textarea":
            self.textarea = given["name"]
            self._known(self.textarea, "textarea").append("")
        elif tag == "select":
            self.select = given["name"]
            self._known(self.select, "select")
        elif tag == "option" and self.select:
            self._option(given.get("value", ""), "selected" in given)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.textarea = ""
        elif tag == "select" and self.select and self.form:
            values, choices = self.form.values[self.select], self.form.choices.get(self.select, [])
            values += choices[:1] if not values else []
            self.select = ""

    def handle_data(self, data):
        if self.textarea and self.form:
            self.form.values[self.textarea][-1] += data.removeprefix("\n")

    def _input(self, given, checked):
        kind = given.get("type", "text")
        if kind in NOT_SENT:
            return
        values, chosen = self._known(given["name"], kind), given.get("value", "on" if kind == "checkbox" else "")
        if kind in {"radio", "checkbox"}:
            self.form.choices.setdefault(given["name"], []).append(chosen)
            values += [chosen] if checked else []
        elif kind != "file":
            values.append(chosen)

    def _option(self, value, selected):
        self.form.choices.setdefault(self.select, []).append(value)
        if selected:
            self.form.values[self.select].append(value)

    def _known(self, name, kind):
        self.form.kinds[name] = kind
        return self.form.values.setdefault(name, [])
