"""Daily facts: how many inquiries came in each half-hour, by channel and task group, and how long they took.

Owns `DailyFact`, counted from the journal by a reader of its own; planning reads it.
"""
