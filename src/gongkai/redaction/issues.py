"""What the check before release says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong or doubtful: a code, a Chinese sentence, the page if it is on one. Never the text itself."""

    code: str
    message: str
    page: int | None = None

    def __str__(self) -> str:
        return f"第{self.page}页：{self.message}" if self.page else self.message


@dataclass(frozen=True, slots=True)
class Verification:
    """Problems forbid the release; warnings are for the officer to judge."""

    problems: tuple[Issue, ...]
    warnings: tuple[Issue, ...]

    @property
    def releasable(self) -> bool:
        """Whether the file may go out."""
        return not self.problems
