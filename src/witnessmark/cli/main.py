"""The ``witnessmark`` command: signals, exit status, messages of what went wrong."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from typing import NoReturn

from witnessmark.cli.plain import fulfil, plain_wish
from witnessmark.model.errors import CaseError, InputError, UsageError, WitnessmarkError

USAGE, UNREADABLE, INTERRUPTED = 2, 3, 4

COLLECTED_AFTER = 4_000_000
"""Objects made since the last search for cycles. Tables and findings hold hardly any, and Python's
own 700 makes it walk through all of them for a seventh of the time of `examine`.
"""


class Interrupted(BaseException):
    """The person, or the system, asked us to stop."""


def _interrupt(_signal: int, _frame: object) -> NoReturn:
    raise Interrupted


def main() -> NoReturn:
    """Run the command line; exit 0 done, 2 wrong use, 3 input unreadable, 4 interrupted."""
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    gc.set_threshold(COLLECTED_AFTER)
    try:
        wish = plain_wish(sys.argv[1:])
        if wish is not None:
            fulfil(wish)
        else:
            from witnessmark.cli.app import app

            app(standalone_mode=True)
    except SystemExit as done:
        _leave(done.code)
    except Interrupted:
        _stop("interrupted; nothing was written", INTERRUPTED)
    except InputError as error:
        _stop(str(error), UNREADABLE)
    except (UsageError, CaseError) as error:
        _stop(str(error), USAGE)
    except WitnessmarkError as error:
        _stop(f"{error} (this is a defect of witnessmark or of an added pack)", USAGE)
    _leave(0)


def _stop(message: str, status: int) -> NoReturn:
    sys.stderr.write(f"witnessmark: {message}\n")
    _leave(status)


def _leave(status: str | int | None) -> NoReturn:
    """End at once: taking an app's tables apart piece by piece costs a tenth of reading them."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status if isinstance(status, int) else int(status is not None))
