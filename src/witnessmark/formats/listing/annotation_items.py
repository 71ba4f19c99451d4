"""Annotations of all classes of a file: items, sets, lists of sets, directories."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.formats.listing.compiled import Annotated, CompiledClass
from witnessmark.formats.listing.pool import FIELD, METHOD, TYPE
from witnessmark.formats.listing.sections import (
    ANNOTATIONS,
    DIRECTORIES,
    SET_REFS,
    SETS,
    Marker,
    Sections,
)
from witnessmark.formats.listing.values import Numbered

ON_CLASS, ON_FIELD, ON_METHOD, ON_PARAMETER = range(4)
Owner = tuple[int, int, int]
"""What a set of annotations is about: row of the class, number of the member, what kind of thing;
parameters count up from ``ON_PARAMETER``."""


def write_annotations(sections: Sections, classes: Sequence[CompiledClass]) -> Mapping[int, int]:
    """Offsets of annotation directories by number of the class's type."""
    items = {
        owner: [_item(sections, classes[owner[0]].text, *one) for one in _ordered(sections, listed)]
        for owner, listed in _annotated(classes)
    }
    sections.listed(ANNOTATIONS, [at for places in items.values() for at in places])
    sets = {owner: sections.place(_offsets(places), 4) for owner, places in items.items()}
    sections.listed(SETS, list(sets.values()))
    lists = {}
    for row, one in enumerate(classes):
        for method in one.methods:
            if any(method.parameters):
                owners = ((row, method.number, ON_PARAMETER + place)
                          for place in range(len(method.parameters)))  # fmt: skip
                found = [sets.get(owner, 0) for owner in owners]
                lists[row, method.number] = sections.place(_offsets(found), 4)
    sections.listed(SET_REFS, list(lists.values()))
    directories = {}
    for row, one in enumerate(classes):
        blob = _directory(sections, row, one, sets, lists)
        if blob:
            directories[one.type] = sections.place(blob, 4)
    sections.listed(DIRECTORIES, list(directories.values()))
    return directories


def _annotated(classes: Sequence[CompiledClass]) -> Iterator[tuple[Owner, Annotated]]:
    for row, one in enumerate(classes):
        if one.annotations:
            yield (row, 0, ON_CLASS), one.annotations
        for field in one.fields:
            if field.annotations:
                yield (row, field.number, ON_FIELD), field.annotations
        for method in one.methods:
            if method.annotations:
                yield (row, method.number, ON_METHOD), method.annotations
            for place, listed in enumerate(method.parameters):
                if listed:
                    yield (row, method.number, ON_PARAMETER + place), listed


def _ordered(sections: Sections, listed: Annotated) -> Annotated:
    """As the format wants: by type."""
    return tuple(sorted(listed, key=lambda one: sections.final(TYPE, one[1].named)))


def _item(sections: Sections, text: int, visibility: int, numbered: Numbered) -> int:
    out = bytearray([visibility])
    mark = Marker(sections, sections.next(), text)
    mark(0, numbered.span)
    sections.encoder.annotation(numbered, out, mark)
    return sections.place(bytes(out))


def _offsets(places: Sequence[int]) -> bytes:
    """An annotation_set_item or annotation_set_ref_list."""
    return struct.pack(f"<I{len(places)}I", len(places), *places)


def _directory(
    sections: Sections,
    row: int,
    one: CompiledClass,
    sets: Mapping[Owner, int],
    lists: Mapping[tuple[int, int], int],
) -> bytes:
    """An annotations_directory_item; empty for a class without annotations."""
    own = sets.get((row, 0, ON_CLASS), 0)
    fields = sorted(
        (sections.final(FIELD, field.number), sets[row, field.number, ON_FIELD])
        for field in one.fields if field.annotations
    )  # fmt: skip
    methods = sorted(
        (sections.final(METHOD, method.number), sets[row, method.number, ON_METHOD])
        for method in one.methods if method.annotations
    )  # fmt: skip
    parameters = sorted(
        (sections.final(METHOD, method.number), lists[row, method.number])
        for method in one.methods if (row, method.number) in lists
    )  # fmt: skip
    if not (own or fields or methods or parameters):
        return b""
    numbers = [number for pair in (*fields, *methods, *parameters) for number in pair]
    counts = (own, len(fields), len(methods), len(parameters))
    return struct.pack(f"<4I{len(numbers)}I", *counts, *numbers)
