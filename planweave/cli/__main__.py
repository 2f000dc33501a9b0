"""``python -m planweave.cli``: the command line where the installed program is not on the path."""

from planweave.cli import main

main()
