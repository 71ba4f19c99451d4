"""ZIP archives, read as tolerantly as Android's installer reads them.

Written after PKWARE's APPNOTE.TXT 6.3.10 (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT)
and the behaviour of Android's libziparchive
(https://android.googlesource.com/platform/system/libziparchive/).
"""

from witnessmark.formats.zip.inflate import Unpacked, unpack, unpack_noting
from witnessmark.formats.zip.reader import read_zip
from witnessmark.formats.zip.records import Anomaly, ZipArchive, ZipEntry

__all__ = [
    "Anomaly", "Unpacked", "ZipArchive", "ZipEntry", "read_zip", "unpack", "unpack_noting",
]  # fmt: skip
