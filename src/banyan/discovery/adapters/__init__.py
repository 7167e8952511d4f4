"""Directories of different kinds."""
