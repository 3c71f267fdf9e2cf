"""The staff portal and the editors' desk (/portal): how each task is solved, found by anybody's words, kept true.

Six words: *card* (how one task is solved), *news* (something to know for a time; with must-read it is a work
instruction), *feedback* (an employee says what a card lacks; its owner answers), *hit* (a card answered a question, or
did not), *search* (words somebody typed, how many cards they led to, and whether one was opened), *bookmark*.
"""
