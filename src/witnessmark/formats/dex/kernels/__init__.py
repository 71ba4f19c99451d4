"""Loops over the bytes of dex files, compiled; see `witnessmark.formats.compiled`.

All dex files of an app lie in one padded array, ``image``; positions are absolute in it. ``dex``
holds `layout.WIDTH` integers a dex file. Kernels never read outside a file's own bytes, whatever
these say, and do an amount of work that is linear in the size of the image.
"""
