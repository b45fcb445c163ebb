"""Sizes of files in words."""

STEP = 1024


def size_in_words(size: int) -> str:
    """As 830 字节, 12 KB or 3.4 MB: one decimal only below ten, so that nobody reads false exactness."""
    if size < STEP:
        return f"{size} 字节"
    amount = float(size)
    for unit in ("KB", "MB", "GB"):
        amount /= STEP
        if amount < STEP or unit == "GB":
            break
    return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"  # noqa: PLR2004
