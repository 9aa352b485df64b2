"""The arrays of an ``.npz`` where they stand in the file, and arrays whose memory is the system's again once they are gone."""

from __future__ import annotations

import io
import mmap
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

_LENGTHS = 26  # where a member's header in the file tells how long its name and its extra field are, which end it


class Mapped(Mapping[str, Any]):
    """By name the arrays of a file that ``numpy.savez`` wrote. They are read-only, and nothing is copied: what is asked for comes
    into memory, the system may drop it again, and processes share it.

    Raises ValueError where the file is none of these, has objects in it (which would run code) or ends early; OSError.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with ZipFile(path) as file:
                self._members = {info.filename.removesuffix(".npy"): info for info in file.infolist()}
        except BadZipFile as error:
            raise ValueError(str(error)) from None

    def __getitem__(self, name: str) -> Any:
        import numpy as np  # noqa: PLC0415 - an extra

        member = self._members[name]
        if member.compress_type != ZIP_STORED:
            raise ValueError(f"{name} is compressed")
        with self._path.open("rb") as file:
            file.seek(member.header_offset + _LENGTHS)
            file.seek(sum(struct.unpack("<HH", file.read(4))), io.SEEK_CUR)
            if np.lib.format.read_magic(file) != (1, 0):
                raise ValueError(f"{name} has a header of another version")
            shape, by_columns, kind = np.lib.format.read_array_header_1_0(file)
            if kind.hasobject:
                raise ValueError(f"{name} holds objects")
            return np.asarray(np.memmap(file, kind, "r", file.tell(), shape, "F" if by_columns else "C"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)


def apart(table: Any) -> Any:
    """A copy as float32 with memory of its own, which the system has back with it; of the heap it would stay a part."""
    import numpy as np  # noqa: PLC0415 - an extra

    kind = np.dtype(np.float32)
    memory = mmap.mmap(-1, max(table.size, 1) * kind.itemsize, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    found = np.frombuffer(memory, kind, table.size).reshape(table.shape)
    found[...] = table
    return found
