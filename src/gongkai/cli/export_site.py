"""`gongkai export-site`: the public site as files that any web server can serve, only what changed since the last time.

Exit status: 0 when everything is written, 2 when the folder cannot be written to.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import urlsplit

from gongkai.cli.framework import require_database, start_framework

WRITTEN, REFUSED = 0, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and under which address it will stand."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="写出站点的目录：空目录，或者上次导出的目录")
    parser.add_argument(
        "--base-url",
        type=web_address,
        help="静态站点将来的网址，例如 https://gk.example.gov.cn；填写后才有站点地图、二维码和规范网址",
    )
    parser.add_argument(
        "--live-url",
        type=web_address,
        help="在线系统的网址；填写后，申请、检索等入口指向在线系统，不填则不出现在静态站点中",
    )
    parser.epilog = "页面之间用相对链接，放在任何网页服务器的任何目录下都能用。再次运行只改写有变化的页面。退出状态：0 已写完；2 目录不能使用。"


def web_address(text: str) -> str:
    """An address without a slash at its end. Raises ArgumentTypeError."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        message = f"{text!r} 不是网址，例如 https://gk.example.gov.cn"
        raise argparse.ArgumentTypeError(message)
    return text.rstrip("/")


def run(args: argparse.Namespace) -> int:
    """Write and tell what was done."""
    start_framework()
    require_database(with_tables=True)
    from gongkai.cli.progress import Progress
    from gongkai.portal.copying.manifest import Manifest, NotOursError
    from gongkai.portal.copying.site import Site, how_much

    try:
        with Manifest(args.folder) as manifest, Progress("导出站点", how_much()) as progress:
            Site(manifest, base=args.base_url or "", live=args.live_url or "").write(progress.advance)
    except NotOursError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"不能写入 {args.folder}：{error.strerror or error}", file=sys.stderr)
        return REFUSED
    print(
        f"已导出到 {args.folder}：写入 {manifest.written} 个文件，{manifest.kept} 个没有变化，移除 {manifest.removed} 个。"
    )
    return WRITTEN
