"""androguard: AnalyzeAPK, which parses the app and builds cross-references."""

import sys

from androguard.misc import AnalyzeAPK
from androguard.util import set_log

set_log("ERROR")
_, dexes, analysis = AnalyzeAPK(sys.argv[1])
print(len(dexes), sum(1 for _ in analysis.get_methods()))
