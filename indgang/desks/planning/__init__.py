"""Planning (/planlaegning): forecasts, dimensioning, simulated scenarios, rosters, costs and capacity.

The algorithms are pure and know no database: `erlang` and `staffing` (closed forms), `forecasting`, `rostering`,
`costing`. Simulation runs the production policy and lives in `core/routing/simulation.py`.
"""
