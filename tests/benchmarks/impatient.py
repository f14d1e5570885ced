"""Run a command of brief.py with other limits for fetching: the seconds for all, for silence and to connect come first.

python -P impatient.py 5 1.5 2 refresh
"""

import sys

from evalbrief.commands.__main__ import main
from evalbrief.sources import fetch
from evalbrief.sources.limits import Limits

whole, read, connect = map(float, sys.argv[1:4])
# The limits that hold when the command does not say others.
fetch.fetch.__kwdefaults__["limits"] = Limits(whole_seconds=whole, read_seconds=read, connect_seconds=connect)
sys.exit(main(sys.argv[4:]))
