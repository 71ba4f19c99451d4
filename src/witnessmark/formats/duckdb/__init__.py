"""DuckDB database files, written: tables and views, whole, from columns in memory.

The format is that of storage version 64, which every DuckDB from 0.10 on reads. Written by
ourselves because loading the library alone costs more than reading a whole app, and because its
files differ from run to run; decision 0003 has the measurements.

Source: DuckDB, ``src/storage`` and ``src/include/duckdb/storage/serialization`` (MIT licence).
"""

from witnessmark.formats.duckdb.columns import ColumnData, Numbers, Texts
from witnessmark.formats.duckdb.file import DatabaseFile

__all__ = ["ColumnData", "DatabaseFile", "Numbers", "Texts"]
