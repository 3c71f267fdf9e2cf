"""The one journal: every change is one append-only event, written in the transaction of the change.

Five words: *event* (what happened, with ids only), *position* (where in the journal a reader is), *receiver* (acts on
an event in its transaction), *outbox* (what must leave the house, with a visible state), *seal* (the hash chain).
"""
