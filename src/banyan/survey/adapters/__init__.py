"""How the survey reaches the world: files, processes, a cache, and what parses."""
