"""The datasets after DCAT 3 and DCAT-AP as JSON-LD, so that a portal of open data can take them over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.organisations.models import Body

Node = dict[str, Any]

CONTEXT: Node = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
}
MEDIA = "https://www.iana.org/assignments/media-types/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/ZHO"
OFTEN = "http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT"
YEARLY = "http://publications.europa.eu/resource/authority/frequency/ANNUAL"


def catalogue(root: str, bodies: Iterable[Body], number: int, pages: int) -> Node:
    """A page of the catalogue; the first has the datasets of the whole site too."""
    here = f"{root}/open-data/catalogue.jsonld"
    found: Node = {
        "@context": CONTEXT,
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": _said("政府信息公开数据目录"),
        "dct:description": _said("本网站公开的政府信息及有关数据，供机器读取。"),
        "dct:language": {"@id": LANGUAGE},
        "foaf:homepage": {"@id": f"{root}/open-data/"},
        "dcat:dataset": [*(_of_site(root) if number == 1 else []), *(_of_body(one, root) for one in bodies)],
        "dcat:service": _service(root),
        "hydra:view": _ways(here, number, pages),
        **_licence(),
    }
    return found


def _ways(here: str, number: int, pages: int) -> Node:
    view: Node = {"@type": "hydra:PartialCollectionView", "@id": f"{here}?page={number}"}
    if number < pages:
        view["hydra:next"] = {"@id": f"{here}?page={number + 1}"}
    if number > 1:
        view["hydra:previous"] = {"@id": f"{here}?page={number - 1}"}
    return view


def _said(text: str) -> Node:
    return {"@language": "zh-Hans", "@value": text}


def _licence() -> Node:
    """Nothing where the installation has said nothing: a licence is not ours to give."""
    if settings.GONGKAI_OPEN_DATA_LICENCE_ADDRESS:
        return {"dct:license": {"@id": settings.GONGKAI_OPEN_DATA_LICENCE_ADDRESS}}
    if settings.GONGKAI_OPEN_DATA_LICENCE:
        return {"dct:rights": _said(settings.GONGKAI_OPEN_DATA_LICENCE)}
    return {}


def _service(root: str) -> Node:
    return {
        "@id": f"{root}/api/v1/",
        "@type": "dcat:DataService",
        "dct:title": _said("政府信息公开数据接口"),
        "dcat:endpointURL": {"@id": f"{root}/api/v1/"},
        "dcat:endpointDescription": {"@id": f"{root}/api/v1/openapi.json"},
    }


def _of_site(root: str) -> list[Node]:
    files = f"{root}/open-data/files"
    return [
        _dataset(
            f"{root}/open-data/#annual-report-figures", "政府信息公开年报数据", "已公布年报的每个单元格。", YEARLY,
            [_distribution(f"{files}/annual-report-figures.csv", "CSV", "text/csv")],
        ),
        _dataset(
            f"{root}/open-data/#catalogue-items", "公开事项", "各机关标准目录中的公开事项。", OFTEN,
            [_distribution(f"{files}/catalogue-items.csv", "CSV", "text/csv")],
        ),
        _dataset(
            f"{root}/open-data/#withdrawals", "撤下情况", "已经撤下、归档或者失效的信息，供删除副本。", OFTEN,
            [_distribution(f"{files}/withdrawals.jsonl", "JSON Lines", "application/jsonl")],
        ),
    ]  # fmt: skip


def _of_body(body: Body, root: str) -> Node:
    page = f"{root}/open-data/documents/{body.slug}/"
    made = _dataset(
        page, f"{body.name}公开信息", f"{body.name}主动公开的政府信息，按年提供元数据和全文。", OFTEN,
        [
            _distribution(f"{root}/api/v1/documents?body={body.slug}", "接口", "application/json"),
            _distribution(f"{root}/bodies/{body.slug}/feeds/atom.xml", "Atom", "application/atom+xml"),
            {"@type": "dcat:Distribution", "dct:title": _said("按年下载"), "dcat:accessURL": {"@id": page}},
        ],
    )  # fmt: skip
    made["dct:publisher"] = {"@type": "foaf:Agent", "foaf:name": _said(body.name)}
    return made


def _dataset(address: str, title: str, said: str, rhythm: str, distributions: list[Node]) -> Node:
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:title": _said(title),
        "dct:description": _said(said),
        "dct:accrualPeriodicity": {"@id": rhythm},
        "dct:language": {"@id": LANGUAGE},
        "dcat:distribution": distributions,
        **_licence(),
    }


def _distribution(address: str, title: str, media: str) -> Node:
    return {
        "@type": "dcat:Distribution",
        "dct:title": _said(title),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{MEDIA}{media}"},
        **_licence(),
    }
