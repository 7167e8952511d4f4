"""How Sphinx builds this documentation."""

from importlib.metadata import version as version_of

project = "Banyan"
author = "the Banyan contributors"
copyright = "2026, the Banyan contributors"
release = version_of("django-banyan")

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
nitpicky = True

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Banyan"
html_copy_source = False
html_show_sphinx = False
