"""Compile every template of ours, and refuse what the Content-Security-Policy would block or what is unsafe."""

import re
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines

SOURCE = Path("src/gongkai")
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
REFUSED = {
    "inline style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "inline <style>": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "inline event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped output": re.compile(r"\|\s*safe(seq)?\b|\{%\s*autoescape\s+off"),
    "address on another site": re.compile(
        r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)=["'](?:https?:)?//""", re.IGNORECASE
    ),
}


def problems(path: Path) -> list[str]:
    """Everything wrong with one template."""
    text = path.read_text("utf-8")
    found = [what for what, pattern in REFUSED.items() if pattern.search(COMMENT.sub("", text))]
    try:
        engines["django"].from_string(text)
    except TemplateSyntaxError as error:
        found.append(str(error))
    return [f"{path}: {what}" for what in found]


def main() -> int:
    """Print what is wrong, and how many templates were looked at."""
    django.setup()
    paths = sorted(
        path for path in SOURCE.glob("**/templates/**/*") if path.suffix in {".html", ".svg", ".txt"}
    )
    wrong = [problem for path in paths for problem in problems(path)]
    print("\n".join([*wrong, f"templates: {len(paths)} compiled, {len(wrong)} problems"]))
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
