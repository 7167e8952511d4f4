"""Knows books."""
