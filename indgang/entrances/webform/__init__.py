"""The triage form that replaces e-mail: own words, suggestions, questions, an answer at once, a message or a call-back.

Five words: *inquiry draft* (what is filled in so far, kept by itself), *suggestion* (a task that may be meant),
*clarifying question*, *answer at once*, *way* (how the citizen wants the answer: now, by mail, or by phone).
"""
