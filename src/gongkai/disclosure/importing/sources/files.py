"""The files a table names: in a folder, or in a ZIP. Nothing outside them is reached, nothing is unpacked to disk."""

from __future__ import annotations

import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from gongkai.disclosure.importing.errors import unreadable

MOST_ENTRIES = 500_000
_UTF_8_NAME = 0x800
_ENCRYPTED = 0x1


class Files(Protocol):
    """Files by the names a table uses: a path inside, or a name that stands there once."""

    def read(self, name: str, limit: int) -> bytes | None:
        """The bytes, at most ``limit`` + 1 of them; None when there is no such file. Raises OSError."""


class NoFiles:
    """A table without files."""

    def read(self, name: str, limit: int) -> bytes | None:  # noqa: ARG002 - the protocol's
        """There is none."""
        return None


def plain_name(name: str) -> str:
    """One spelling: slashes, composed characters, no dot in front."""
    parts = unicodedata.normalize("NFC", name.strip().replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in {"", "."})


class _Index:
    """Paths and, for those that stand only once, bare names."""

    def __init__(self) -> None:
        self.paths: dict[str, str] = {}
        self.names: dict[str, str | None] = {}

    def add(self, shown: str, real: str) -> None:
        name = plain_name(shown)
        self.paths[name] = real
        last = name.rpartition("/")[2]
        self.names[last] = real if last not in self.names else None

    def find(self, name: str) -> str | None:
        wanted = plain_name(name)
        return self.paths.get(wanted) or (None if "/" in wanted else self.names.get(wanted))


class Folder:
    """A folder on this machine. Links that lead out of it are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._index = _Index()
        for count, path in enumerate(self._root.rglob("*")):
            if count > MOST_ENTRIES:
                raise unreadable(
                    "too_many", f"附件目录超过{MOST_ENTRIES // 10000}万个文件", "请分批导入", "files"
                )
            if path.is_file() and path.resolve().is_relative_to(self._root):
                self._index.add(str(path.relative_to(self._root)), str(path))

    def read(self, name: str, limit: int) -> bytes | None:
        """The bytes of a file inside."""
        found = self._index.find(name)
        if found is None:
            return None
        with Path(found).open("rb") as file:
            return file.read(limit + 1)


class Archive:
    """A ZIP. Names are UTF-8 or, as usual on Chinese Windows, GBK."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package, self._index = package, _Index()
        for one in package.infolist()[: MOST_ENTRIES + 1]:
            if not one.is_dir():
                self._index.add(_shown_name(one), one.filename)

    def read(self, name: str, limit: int) -> bytes | None:
        """The bytes of a file inside. Raises OSError for one that is locked or damaged."""
        found = self._index.find(name)
        if found is None:
            return None
        if self._package.getinfo(found).flag_bits & _ENCRYPTED:
            raise OSError("压缩包加了密码")
        try:
            with self._package.open(found) as file:
                return file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
            raise OSError("压缩包中的这个文件已损坏") from error


def _shown_name(one: zipfile.ZipInfo) -> str:
    if one.flag_bits & _UTF_8_NAME:
        return one.filename
    try:
        return one.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return one.filename


@contextmanager
def archive_of(file: IO[bytes]) -> Iterator[Archive]:
    """The files of a ZIP. Raises ``RefusedError`` for what is none."""
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise unreadable(
            "not_zip", "附件不是ZIP压缩包，或者已经损坏", "请用ZIP格式重新压缩", "archive"
        ) from error
    with package:
        yield Archive(package)
