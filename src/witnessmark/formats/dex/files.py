"""Read the dex files of an app as columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.anomaly import Anomaly
from witnessmark.formats.dex.code import list_instructions, read_code, sweep
from witnessmark.formats.dex.details import read_handlers, read_lines
from witnessmark.formats.dex.dynamic import read_call_sites, read_hidden_api
from witnessmark.formats.dex.header import integrity
from witnessmark.formats.dex.identities import Columns, read_protos, read_strings, read_types
from witnessmark.formats.dex.image import Blob, Image, Refusal, join_blobs, kernels_for
from witnessmark.formats.dex.instruction import InstructionColumns, instruction_columns
from witnessmark.formats.dex.kernels import layout
from witnessmark.formats.dex.kernels.classes import ITEM
from witnessmark.formats.dex.members import read_classes, read_members
from witnessmark.formats.dex.names import Names
from witnessmark.formats.dex.values import ValueColumns, read_annotations, read_static_values


def read_dex_files(blobs: Sequence[Blob], kernels: Kernels | None = None) -> DexFiles:
    """Read blobs, each one dex file or a container of several, in load order.

    A blob that is no dex file is listed in ``refused``; damage inside one becomes an anomaly,
    and what can be read is kept. ``kernels`` replaces the way in which loops run (for tests).
    """
    image = join_blobs(blobs)
    return DexFiles(image, kernels or kernels_for(image))


class DexFiles:
    """Tables of code, each a mapping of column names to arrays of equal length.

    Column names and meanings are those of the tables of code; ``artifact`` is the index of the
    blob as given. Strings have one row a file and id; types, prototypes, fields and methods are
    joined. Methods and fields that classes define come first, class by class in load order, then
    those only named, so rows of uses are ordered by method and pc. Code of shadowed classes is
    not read. Tables are computed when asked for the first time; treat them as read-only.
    """

    def __init__(self, image: Image, kernels: Kernels) -> None:
        self.image = image
        self._run = kernels
        self._strings = read_strings(image, kernels)
        self._types = read_types(image, kernels, self._strings)
        self._protos = read_protos(image, kernels, self._types)
        self._classes = read_classes(image, kernels, self._types)
        self._fields, self._methods = read_members(
            image, kernels, self._strings, self._types, self._protos, self._classes
        )
        self._code = read_code(image, kernels, self._methods)
        self._uses = sweep(image, kernels, self._code, self._types, self._fields, self._methods)

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Blobs that are no readable dex files."""
        return self.image.refused

    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """Departures from the format met so far; tables computed later may add some."""
        return self.image.anomalies()

    def blob(self, artifact: int) -> memoryview:
        """Bytes of a blob as given; the caller's own copy is no longer needed."""
        return self.image.blob(artifact)

    def integrity(self) -> tuple[Anomaly, ...]:
        """Checksums and signatures that do not fit; a pass over all bytes."""
        found = []
        for header, blob in zip(self.image.headers, self.image.blobs.tolist(), strict=True):
            for odd in integrity(self.image.blob(blob), header):
                found.append(Anomaly(odd.code, odd.says, odd.offset, odd.length, blob))
        return tuple(found)

    @cached_property
    def dex_files(self) -> Columns:
        """Dex files in load order."""
        dex = self.image.dex
        return {
            "artifact": dex[:, layout.BLOB].astype(np.int32),
            "base": dex[:, layout.BASE] - dex[:, layout.START],
            "version": np.array([h.version for h in self.image.headers], dtype=np.int32),
            "first_string": dex[:, layout.FIRST_STRING].astype(np.int32),
            "strings": dex[:, layout.STRINGS].astype(np.int32),
            "classes": dex[:, layout.CLASSES].astype(np.int32),
        }

    @cached_property
    def strings(self) -> Columns:
        """Spans of all string constants; offset -1 where one cannot be read."""
        dex = self.image.dex
        counts = dex[:, layout.STRINGS]
        start = np.repeat(dex[:, layout.START], counts)
        return {
            "artifact": np.repeat(dex[:, layout.BLOB], counts).astype(np.int32),
            "offset": np.where(self._strings.at < 0, -1, self._strings.at - start),
            "length": self._strings.length,
        }

    @cached_property
    def types(self) -> Columns:
        """Types by descriptor."""
        return {"descriptor": self._types.descriptor, "class": self._classes.of_type}

    @cached_property
    def protos(self) -> Columns:
        """Prototypes."""
        return {
            "return_type": self._protos.returned,
            "first_parameter": self._protos.first_parameter,
            "parameters": self._protos.parameters,
        }

    @cached_property
    def proto_parameters(self) -> Columns:
        """Parameter types of prototypes."""
        return {"type": self._protos.parameter}

    @cached_property
    def classes(self) -> Columns:
        """Class definitions."""
        c, dex = self._classes, self.image.dex
        within = np.arange(len(c.type)) - dex[:, layout.FIRST_CLASS][c.dex]
        at = dex[:, layout.CLASSES_AT][c.dex] + ITEM * within
        return {
            "type": c.type, "super_type": c.parent, "access": c.access, "source_file": c.source,
            "dex": c.dex, "shadowed": c.shadowed.astype(np.bool_), **self._place(at, c.dex, ITEM),
        }  # fmt: skip

    @cached_property
    def interfaces(self) -> Columns:
        """Interfaces of classes."""
        return {"class": self._classes.interface_owner, "type": self._classes.interface}

    @cached_property
    def fields(self) -> Columns:
        """Fields; the record is the field_id item of the defining, else of the first file."""
        f = self._fields
        return {
            "class_type": f.owner, "name": f.name, "type": f.second, "class": f.defined_in,
            "access": f.access, **self._place(f.at, f.dex, 8),
        }  # fmt: skip

    @cached_property
    def methods(self) -> Columns:
        """Methods; the record is the method_id item of the defining, else of the first file."""
        m, code = self._methods, self._code
        start = self.image.dex[:, layout.START][m.dex]
        return {
            "class_type": m.owner, "name": m.name, "proto": m.second, "class": m.defined_in,
            "access": m.access, "registers": code.registers, "ins": code.ins,
            "code_offset": np.where(code.at < 0, -1, code.at - start), "code_units": code.units,
            **self._place(m.at, m.dex, 8),
        }  # fmt: skip

    @cached_property
    def calls(self) -> Columns:
        """Call sites, with the method they name."""
        return self._uses.calls.columns("callee")

    @cached_property
    def field_uses(self) -> Columns:
        """Reads and writes of fields."""
        return self._uses.fields.columns("field")

    @cached_property
    def string_uses(self) -> Columns:
        """Loads of strings."""
        return self._uses.strings.columns("string")

    @cached_property
    def type_uses(self) -> Columns:
        """Uses of types."""
        return self._uses.types.columns("type")

    @cached_property
    def dynamic_calls(self) -> Columns:
        """invoke-custom instructions."""
        return self._uses.dynamic.columns("call_site")

    @cached_property
    def array_payloads(self) -> Columns:
        """Constant array contents; the record is the elements."""
        p = self._uses.payloads
        length = p.width.astype(np.int64) * p.count
        return {
            "method": p.method, "pc": p.pc, "width": p.width, "count": p.count,
            **self._place(p.at, self._methods.dex[p.method], length.astype(np.int32)),
        }  # fmt: skip

    @cached_property
    def instructions(self) -> Columns:
        """Every instruction boundary, payloads included."""
        return list_instructions(self.image, self._run, self._code, self._uses.instructions)

    def instruction_columns(self, first: int, last: int) -> InstructionColumns:
        """Operands of all instructions of method rows ``first`` up to, not including, ``last``."""
        last = min(last, len(self._methods.code))
        return instruction_columns(self.image, self._run, self._code, max(first, 0), last)

    @cached_property
    def try_handlers(self) -> Columns:
        """Exception handlers."""
        return read_handlers(self.image, self._run, self._methods, self._code, self._types)

    @cached_property
    def debug_lines(self) -> Columns:
        """Line numbers."""
        return read_lines(self.image, self._run, self._methods, self._code)

    @cached_property
    def names(self) -> Names:
        """Texts of identities by row."""
        return Names(
            self.image, self._strings, self._types, self._protos, self._fields, self._methods
        )

    @cached_property
    def static_values(self) -> ValueColumns:
        """Initial values of static fields."""
        return read_static_values(
            self.image, self._run, self.names, self._classes, self._types, self._fields,
            self._methods,
        )  # fmt: skip

    @cached_property
    def annotations(self) -> ValueColumns:
        """Annotations, one row an element or item of an array."""
        return read_annotations(
            self.image, self._run, self.names, self._classes, self._types, self._fields,
            self._methods,
        )  # fmt: skip

    @cached_property
    def call_sites(self) -> Columns:
        """Dynamic call sites."""
        return read_call_sites(self.image, self.names)

    @cached_property
    def hidden_api(self) -> Columns:
        """Hidden-API flags."""
        return read_hidden_api(self.image, self._classes, self._fields, self._methods)

    def _place(self, at: np.ndarray, dex: np.ndarray, length: int | np.ndarray) -> Columns:
        """Columns artifact, offset, length of records at positions in the image."""
        return {
            "artifact": self.image.artifacts_of(dex),
            "offset": self.image.offsets_of(at, dex),
            "length": np.broadcast_to(np.int32(length), at.shape)
            if isinstance(length, int)
            else length,
        }
