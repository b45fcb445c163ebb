"""Kinds of bodies, units and posts."""

from django.db.models import TextChoices


class BodyKind(TextChoices):
    """What a body is; decides its report deadline (条例 art. 49) and some of the report's contents (art. 50)."""

    GOVERNMENT = "government", "人民政府"
    DEPARTMENT = "department", "政府部门"
    TOWNSHIP = "township", "乡镇人民政府、街道办事处"
    ORGANISATION = "organisation", "授权组织、公共企事业单位"


class Tier(TextChoices):
    """The administrative tier a body belongs to."""

    PROVINCE = "province", "省级"
    CITY = "city", "设区的市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class UnitKind(TextChoices):
    """A unit inside a body."""

    INTERNAL = "internal", "内设机构"
    AFFILIATED = "affiliated", "二级机构"


class Role(TextChoices):
    """What a post lets an officer do in the body it belongs to."""

    READER = "reader", "查阅"
    HANDLER = "handler", "经办"
    APPROVER = "approver", "审核签发"
    SUPERVISOR = "supervisor", "监督（含下级机关）"
    ADMINISTRATOR = "administrator", "管理员"
