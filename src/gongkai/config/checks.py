"""Start-up checks: what would let an installation run but not run well. Ids: docs/adr/0002-one-settings-file.md."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

from gongkai.config.fonts import INSTALL_HINT, has_chinese_font
from gongkai.config.mounts import network_mount_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def _in_production() -> bool:
    return settings.GONGKAI_MODE == "production"


@register(Tags.security)
def production_is_safe(**_: Any) -> list[CheckMessage]:
    """Production without HTTPS, with debug pages or under any name does not start."""
    return list(_production_errors()) if _in_production() else []


def _production_errors() -> Iterator[CheckMessage]:
    if not settings.GONGKAI_HTTPS:
        yield Error(
            "正式运行时 HTTPS 处于关闭状态，登录口令会明文传输。",
            hint="删除 GONGKAI_HTTPS=off，并在反向代理上配置证书、设置 GONGKAI_TRUSTED_PROXIES。",
            id="gongkai.E001",
        )
    if settings.DEBUG:
        yield Error(
            "正式运行时打开了调试页面，出错时会泄露内部信息。",
            hint="删除 GONGKAI_DEBUG=on。",
            id="gongkai.E002",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "GONGKAI_ALLOWED_HOSTS=* 对任何域名都作答，重设密码的邮件可能被引向别人的网站。",
            hint="写明本系统的域名，例如 GONGKAI_ALLOWED_HOSTS=gk.example.gov.cn。",
            id="gongkai.E006",
        )


@register()
def data_directory_is_writable(**_: Any) -> list[CheckMessage]:
    """Uploads, SQLite and kept mail all lie under the data directory."""
    directory = Path(settings.DATA_DIR)
    nearest = next(path for path in [directory, *directory.parents] if path.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return []
    hint = f"建立该目录并让运行用户可写：mkdir -p {directory} && chown 运行用户 {directory}"
    return [Error(f"数据目录 {directory} 不可写。", hint=hint, id="gongkai.E004")]


@register()
def chinese_font_is_installed(**_: Any) -> list[CheckMessage]:
    """Only PDF needs a font on the machine; everything else works without one."""
    if has_chinese_font():
        return []
    return [
        checks.Warning(
            "本机没有中文字体，无法生成 PDF（其他格式不受影响）。", hint=INSTALL_HINT, id="gongkai.W001"
        )
    ]


@register()
def sqlite_is_on_a_local_disk(**_: Any) -> list[CheckMessage]:
    """SQLite's write-ahead log needs shared memory, which network file systems do not have."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    mount = network_mount_of(Path(database["NAME"]))
    if mount is None:
        return []
    return [
        checks.Warning(
            f"SQLite 数据库位于网络文件系统（{mount}），可能损坏数据。",
            hint="把 GONGKAI_DATA_DIR 放到本地磁盘；多台主机共用数据请设置 DATABASE_URL 使用 PostgreSQL。",
            id="gongkai.W002",
        )
    ]


@register()
def mail_can_be_sent(**_: Any) -> list[CheckMessage]:
    """Without a mail server nobody can reset a forgotten password alone."""
    if not _in_production() or settings.EMAIL_HOST:
        return []
    hint = "设置 GONGKAI_EMAIL_HOST、GONGKAI_EMAIL_FROM 等变量。"
    return [
        checks.Warning(
            f"未配置邮件服务器，邮件只存入 {settings.EMAIL_FILE_PATH}。", hint=hint, id="gongkai.W003"
        )
    ]
