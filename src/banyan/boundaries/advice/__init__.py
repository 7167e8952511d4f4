"""Says of each module whether to separate it, what holds it, and what it would cost."""
