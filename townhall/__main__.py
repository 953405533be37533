"""`python -m townhall` is the `townhall` command."""

from townhall.config.cli import main

main()
