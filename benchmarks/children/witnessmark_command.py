"""witnessmark: one command as a user runs it, its case written into a scratch folder."""

import sys
import tempfile

from witnessmark.cli.main import main

command, path = sys.argv[1:]
sys.argv = ["witnessmark", command, path, "--case", f"{tempfile.mkdtemp()}/case"]
main()
