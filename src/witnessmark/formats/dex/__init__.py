"""DEX files as columns.

`read_dex_files` takes the dex files of an app in load order and returns its tables of code.

Source: Dalvik executable format, source.android.com/docs/core/runtime/dex-format.
"""
