"""The kinds of coupling, a file for each: what it looks like in the source."""
