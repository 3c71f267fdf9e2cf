"""What somebody types, as a question to the words of documents: Danish stems, and beginnings of longer words."""

from django.contrib.postgres.search import SearchQuery

_MOST_WORDS = 8
_LONGEST_WORD = 60
_BEGINS_FROM = 4  # letters; every document has a word that begins with any two


def words_asked(text: str) -> SearchQuery | None:
    """All of these words, in any order; None when nothing in the text can be searched for."""
    asked = question(text)
    return SearchQuery(asked, config="danish", search_type="raw") if asked else None


def question(text: str) -> str:
    """The same as the database is asked; empty when nothing in the text can be searched for.

    Each word is quoted, so that nothing somebody types is read as an operator.
    """
    words = [word[:_LONGEST_WORD] for word in _plain(text).split() if any(sign.isalnum() for sign in word)]
    return " & ".join(_quoted(word) for word in words[:_MOST_WORDS])


def _quoted(word: str) -> str:
    """A stop word among them falls out of the question by itself."""
    return f"'{word}':*" if len(word) >= _BEGINS_FROM else f"'{word}'"


def _plain(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(" " if sign in "\x00\\'\"" else sign for sign in whole)
