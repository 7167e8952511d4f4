"""Reads how the modules of a Django project hold on to each other, from its source alone."""
