"""Reads books."""
