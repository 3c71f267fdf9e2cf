"""E-mail in and out: stored raw before it is understood, threaded to its contact, answered through the outbox.

Five words: *raw mail* (the bytes as they came), *mailroom* (the process that receives), *thread* (mails of one
contact), *bounce* (the far side's refusal), *attention* (a mail a person must look at).
"""
