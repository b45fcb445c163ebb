"""Does a path lie on a network file system?"""

from __future__ import annotations

from pathlib import Path

NETWORK_KINDS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "glusterfs", "ceph", "fuse.sshfs", "afs"}
)
MOUNT_TABLE = Path("/proc/mounts")


def network_mount_of(path: Path) -> str | None:
    """The network mount that holds `path`, as "mount-point kind"; None on a local disk or where it is not known."""
    return (
        None
        if not MOUNT_TABLE.is_file()
        else network_mount_in(path.resolve(), MOUNT_TABLE.read_text("utf-8"))
    )


def network_mount_in(path: Path, table: str) -> str | None:
    """As `network_mount_of`, for a mount table given as text; the longest mount point that holds the path wins."""
    mounts = [line.split() for line in table.splitlines() if line.count(" ") >= 3]  # noqa: PLR2004 - device point kind options
    holding = [(point, kind) for _, point, kind, *_ in mounts if path.is_relative_to(point)]
    point, kind = max(holding, key=lambda mount: len(mount[0]), default=("", ""))
    return f"{point} {kind}" if kind in NETWORK_KINDS else None
