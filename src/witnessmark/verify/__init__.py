"""Re-reads every quoted byte of a case, with the standard library alone.

This folder imports nothing else of witnessmark and can be copied out and run by itself
(``python -m verify CASE APP...``). It is written to be read in one sitting, by someone who
doubts the case:

- `archive`  finds a member of a zip container, however its directory lies;
- `spelling` turns the bytes of a span into the excerpt that a finding must carry;
- `custody`  follows the hash chain of custody.jsonl;
- `quotes`   collects the quotations of findings.json and re-reads each;
- `bag`      holds a bundle against its own lists, and reads its signatures;
- `signatures`, `ed25519`, `timestamps` check those with plain arithmetic;
- `check`    holds a case against the files that were examined.
"""
