"""How long a check takes after one file of a project has changed."""
