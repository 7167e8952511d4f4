"""The shop's own tests: each module against fakes, then all of them in one process."""
