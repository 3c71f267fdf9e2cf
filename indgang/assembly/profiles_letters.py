"""Checks the letter templates of a profile: each fault with its file, line and character."""

from indgang.assembly.profiles_reading import Folder
from indgang.foundation.letters import policy as letters


def check_letters(folder: Folder) -> None:
    """Every template can be saved, and every text belongs to a row."""
    named = set()
    for one in folder.lines["letter_templates"]:
        code, language, kind = (one.cells.get(column) for column in ("code", "language", "kind"))
        if not (code and language):
            continue
        file = f"letters/{code}.{language}.md"
        named.add(file)
        body = folder.letters.get((code, language))
        if body is None or not kind or "title" not in one.cells:
            continue
        for fault in letters.faults(kind=kind, title=one.cells["title"], body=body):
            if fault.place == "title":
                folder.blame("letter_templates.csv", one.line, "title", fault.shown, fault.remedy)
            else:
                column = f"tegn {fault.column}" if fault.column else ""
                folder.blame(file, fault.line, column, fault.shown, fault.remedy)
    for path in sorted((folder.path / "letters").glob("*")):
        if f"letters/{path.name}" not in named:
            remedy = "Teksten har ingen række i letter_templates.csv. Tilføj rækken, eller slet filen."
            folder.blame(f"letters/{path.name}", 0, "", "", remedy)
