"""SQLite, for one service of several."""
