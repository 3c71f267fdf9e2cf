"""The catalogue decides: which tasks exist, who owns them, at which level they may be settled, and how to find them.

Five words: *task* (one of the 138), *level* (1 inform, 2 by rule, 3 discretion), *phrase* (a citizen's words for
a task), *clarifying question*, *triage* (from own words to tasks, a question, or none).
"""
