"""witnessmark works backward from an app to the system behind it."""

import os
import sys

__version__ = "0.1.0"

if "numpy" not in sys.modules:
    # numpy's linear algebra starts a thread a processor when it is loaded, 45 ms of CPU on two; we
    # use none of it. Who has loaded numpy, or asked for threads, keeps what was asked for.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
