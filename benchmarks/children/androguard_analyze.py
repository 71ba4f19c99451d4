"""androguard: AnalyzeAPK, which parses the app and builds cross-references.

    python androguard_analyze.py errors|nothing|all APP

What its logger does costs as much as a quarter of the whole: ``errors`` is its own `set_log`,
``nothing`` takes every handler away, ``all`` leaves it as it comes.
"""

import sys

from androguard.misc import AnalyzeAPK
from androguard.util import set_log
from loguru import logger

told, path = sys.argv[1:]
if told == "errors":
    set_log("ERROR")
elif told == "nothing":
    logger.remove()
_, dexes, analysis = AnalyzeAPK(path)
print(len(dexes), sum(1 for _ in analysis.get_methods()))
