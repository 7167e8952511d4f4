"""Shows a survey: on a terminal, to programs, to code scanners, as a diagram, as a page."""
