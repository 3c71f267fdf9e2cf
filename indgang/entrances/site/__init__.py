"""The public front page: own-words search, life situations, opening status."""
