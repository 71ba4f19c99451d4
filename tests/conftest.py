"""Property tests draw the same examples each time, so that a red run is about the change at hand.

``WITNESSMARK_SEARCH=1`` lets them look elsewhere at each run.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None, database=None)
if not os.environ.get("WITNESSMARK_SEARCH"):
    settings.load_profile("steady")
