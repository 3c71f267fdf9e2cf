"""What one can do with letters."""

from indgang.foundation.letters.checking import inspect
from indgang.foundation.letters.preview import render
from indgang.foundation.letters.printable import unprintable
from indgang.foundation.letters.profile_rows import load_profile
from indgang.foundation.letters.reading import extract_text
from indgang.foundation.letters.sampling import typeset_sample
from indgang.foundation.letters.template_rows import fill, retire_template, sample, save_template
from indgang.foundation.letters.typesetting import typeset

__all__ = [
    "extract_text",
    "fill",
    "inspect",
    "load_profile",
    "render",
    "retire_template",
    "sample",
    "save_template",
    "typeset",
    "typeset_sample",
    "unprintable",
]
