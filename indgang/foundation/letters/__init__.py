"""Letters everybody can read: tagged PDF (PDF/UA-1) typeset from data, and the municipality's letter templates.

Five words: *template* (one version of a standard letter), *field* (what stands between {{ and }}), *outcome* (granted,
partly, refused), *block* (a part of a letter: heading, paragraph, list, table, box, signature), *typesetting* (making
the PDF; text is always data, never code).
"""
