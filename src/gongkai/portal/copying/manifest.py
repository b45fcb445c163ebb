"""What a folder holds of the site, and under which stamp each file was written. Kept in the folder itself."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from hashlib import blake2b
from pathlib import Path
from typing import Self

NAME = ".gongkai-export.sqlite3"
SCHEMA = "CREATE TABLE IF NOT EXISTS page (path TEXT PRIMARY KEY, stamp TEXT, digest TEXT, run INTEGER) WITHOUT ROWID"
BATCH = 200  # files between two commits: what a killed run forgets is only made again


class NotOursError(ValueError):
    """The folder holds something that is no copy of a site; the message is Chinese."""


class Manifest:
    """The files of a folder. Use as a context manager; one run at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = self.kept = self.removed = 0

    def __enter__(self) -> Self:
        """Raises ``NotOursError`` for a folder with anything else in it, or one another run is writing to."""
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = self.folder / NAME
        if not kept.exists() and any(self.folder.iterdir()):
            message = f"目录 {self.folder} 不是空的，也不是以前导出的站点。请换一个空目录。"
            raise NotOursError(message)
        self._rows = sqlite3.connect(kept, isolation_level=None, timeout=1)
        try:
            self._rows.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._rows.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            self._rows.close()
            message = f"另一个导出正在写入 {self.folder}，请等它结束。"
            raise NotOursError(message) from None
        self._rows.execute(SCHEMA)
        self.run = (self._rows.execute("SELECT max(run) FROM page").fetchone()[0] or 0) + 1
        self._changes = 0
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.execute("COMMIT")
        self._rows.close()

    def holds(self, path: str, stamp: str) -> bool:
        """Whether the file is there as of this stamp; then it is noted as still wanted."""
        row = self._rows.execute("SELECT stamp FROM page WHERE path = ?", [path]).fetchone()
        if row is None or row[0] != stamp or not stamp or not (self.folder / path).exists():
            return False
        self._rows.execute("UPDATE page SET run = ? WHERE path = ?", [self.run, path])
        self._step()
        self.kept += 1
        return True

    def put(self, path: str, content: bytes, stamp: str = "") -> None:
        """Write a file if it is not there with this content already: whole or not at all."""
        digest = blake2b(content, digest_size=16).hexdigest()
        row = self._rows.execute("SELECT digest FROM page WHERE path = ?", [path]).fetchone()
        target = self.folder / path
        if row is not None and row[0] == digest and target.exists():
            self.kept += 1
        else:
            replace(target, content)
            self.written += 1
        self._rows.execute("REPLACE INTO page VALUES (?, ?, ?, ?)", [path, stamp, digest, self.run])
        self._step()

    def sweep(self) -> None:
        """Remove the files nobody asked for in this run, and folders that are empty then."""
        gone = [row[0] for row in self._rows.execute("SELECT path FROM page WHERE run < ?", [self.run])]
        for path in gone:
            (self.folder / path).unlink(missing_ok=True)
            self._empty((self.folder / path).parent)
            self.removed += 1
        self._rows.execute("DELETE FROM page WHERE run < ?", [self.run])

    def _empty(self, folder: Path) -> None:
        while folder != self.folder and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _step(self) -> None:
        self._changes += 1
        if self._changes % BATCH == 0:
            self._rows.execute("COMMIT")
            self._rows.execute("BEGIN IMMEDIATE")


def replace(target: Path, content: bytes) -> None:
    """Write beside it, then put in its place, so that no reader and no killed run sees half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
