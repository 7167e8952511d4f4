"""``python -m banyan.cli``."""

from banyan.cli.entrance import main

main()
