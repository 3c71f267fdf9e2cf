"""Administrations, units, centres, districts, opening hours, and employees with their competences.

Five words: *administration* (one of the seven, plus state and region), *unit*, *centre* (a unit citizens visit),
*competence group* (what one must know to take a kind of work), *proficiency* (how well, 1 to 5).
"""
