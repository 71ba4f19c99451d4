"""witnessmark: all code of an app as joined tables with cross-references, in memory."""

import sys
from pathlib import Path

from witnessmark.facts.from_dex import code_facts
from witnessmark.facts.from_listing import assembled_code
from witnessmark.package.open import open_input

app = open_input([Path(sys.argv[1])], digests=False)
tables = code_facts(app, assembled_code(app)).tables
print({name: len(table) for name, table in tables.items()})
