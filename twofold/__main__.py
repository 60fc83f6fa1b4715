"""`python -m twofold` is the command `twofold`."""

import sys

from twofold.repl.main import main

sys.exit(main())
