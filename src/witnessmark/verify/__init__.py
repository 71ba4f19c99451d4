"""Re-reads every quoted byte of a case, with the standard library alone."""
