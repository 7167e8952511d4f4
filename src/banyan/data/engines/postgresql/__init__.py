"""PostgreSQL, for one service of several."""
