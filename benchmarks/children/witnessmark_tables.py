"""witnessmark: all code of an app as joined tables with cross-references, in memory.

Python searches for cycles of objects as seldom as in the command (`witnessmark.cli.main`).
"""

import gc
import sys
from importlib import import_module
from pathlib import Path

gc.set_threshold(1_000_000)
read = import_module("witnessmark.facts.from_dex").code_facts
assembled = import_module("witnessmark.facts.from_listing").assembled_code
app = import_module("witnessmark.package.open").open_input([Path(sys.argv[1])], digests=False)
tables = read(app, assembled(app)).tables
print({name: len(table) for name, table in tables.items()})
