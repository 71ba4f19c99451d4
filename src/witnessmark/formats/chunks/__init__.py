"""What binary XML and resource tables share: chunk headers, string pools, typed values.

Source followed throughout: AOSP ``frameworks/base/libs/androidfw`` (``ResourceTypes.h`` for the
layout, ``ResourceTypes.cpp`` for what the platform tolerates). All offsets count from the start
of the blob that is being read.
"""

from witnessmark.formats.chunks.anomaly import Anomaly, AnomalyLog
from witnessmark.formats.chunks.header import Chunk, ChunkType, walk
from witnessmark.formats.chunks.string_pool import PoolText, StringPool, StyleSpan, read_pool
from witnessmark.formats.chunks.value import ValueType, value_text

__all__ = [
    "Anomaly",
    "AnomalyLog",
    "Chunk",
    "ChunkType",
    "PoolText",
    "StringPool",
    "StyleSpan",
    "ValueType",
    "read_pool",
    "value_text",
    "walk",
]
