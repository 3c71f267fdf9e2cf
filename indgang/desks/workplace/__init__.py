"""The one screen of agents, counter staff and caseworkers (/arbejdsplads).

Five words: *own state* (ready, pause, away), *offer* (in its fixed place, never over what is typed), *work in hand*,
*conversation* (all that was said, the answer that saves itself), *outcome* (how the contact ended).
"""
