"""The folder in which the pages are kept."""
