"""Persons: who they are, where they live, how they are reached, and which of it is protected.

Five words: *person*, *contact point* (a mail address or phone number), *protected* (name and address hidden),
*provisional* (a person known only by what they wrote), *invented* (demo people, always marked).
"""
