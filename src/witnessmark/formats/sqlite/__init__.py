"""SQLite databases, read without SQLite: schema, rows, and where they stand in the file."""

from witnessmark.formats.sqlite.cipher import open_cipher
from witnessmark.formats.sqlite.read import SchemaObject, SqliteFile, read_sqlite
from witnessmark.formats.sqlite.records import Value, read_record

__all__ = ["SchemaObject", "SqliteFile", "Value", "open_cipher", "read_record", "read_sqlite"]
