"""What one can do with letters."""

from indgang.foundation.letters.cautions import caution
from indgang.foundation.letters.checking import inspect
from indgang.foundation.letters.packaging import bundle, zipped
from indgang.foundation.letters.patterns import holds_word, without
from indgang.foundation.letters.preview import render, thumbnail
from indgang.foundation.letters.printable import unprintable
from indgang.foundation.letters.profile_rows import load_profile
from indgang.foundation.letters.reading import extract_text
from indgang.foundation.letters.redaction import find, redact
from indgang.foundation.letters.sampling import typeset_sample
from indgang.foundation.letters.template_rows import fill, retire_template, sample, save_template
from indgang.foundation.letters.typesetting import typeset

__all__ = [
    "bundle",
    "caution",
    "extract_text",
    "fill",
    "find",
    "holds_word",
    "inspect",
    "load_profile",
    "redact",
    "render",
    "retire_template",
    "sample",
    "save_template",
    "thumbnail",
    "typeset",
    "typeset_sample",
    "unprintable",
    "without",
    "zipped",
]
