"""Where evidence meets files, and the recorder another interpreter."""
