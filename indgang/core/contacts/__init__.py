"""One contact for every inquiry, whatever way it came in: messages, tasks, citizen, outcome.

Five words: *contact*, *channel* (the way in), *message* (one utterance, in or out), *outcome* (how it ended),
*reference* (what one can say over the phone; its last character checks the rest).
"""
