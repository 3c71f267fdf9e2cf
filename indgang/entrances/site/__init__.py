"""The public pages: front page, tasks, life situations, and whether we are open now. Everybody may read them."""
