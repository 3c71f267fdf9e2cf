"""How Indgang runs: the supervisor, the embedded database, the clock, backup and health.

Five words: *supervisor* (starts and restarts every process), *cluster* (the embedded PostgreSQL), *owner* and *app*
(the two database roles), *data folder* (all state of an installation), *clock* (the one time everybody reads).
"""
