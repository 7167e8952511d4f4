"""Compares a survey with the rules, and what breaks them with the baseline of known debt."""
