"""Addresses of catalogues and of the monitor."""

from django.urls import path

from gongkai.console.views import catalogue_imports, catalogue_items, catalogues, coverage, key_areas

urlpatterns = [
    path("catalogues/", catalogues.catalogues, name="catalogues"),
    path("catalogues/adopt/", catalogues.catalogue_adopt, name="catalogue_adopt"),
    path("catalogues/key-areas/add/", catalogues.key_area_add, name="key_area_add"),
    path("catalogues/key-areas/<int:pk>/", key_areas.key_area, name="key_area"),
    path("catalogues/key-areas/<int:pk>/rename/", key_areas.key_area_rename, name="key_area_rename"),
    path("catalogues/key-areas/<int:pk>/close/", key_areas.key_area_close, name="key_area_close"),
    path("catalogues/key-areas/<int:pk>/reopen/", key_areas.key_area_reopen, name="key_area_reopen"),
    path("catalogues/import/", catalogue_imports.catalogue_import, name="catalogue_import"),
    path("catalogues/<int:pk>/", catalogues.catalogue, name="catalogue"),
    path("catalogues/<int:pk>/export/", catalogues.catalogue_export, name="catalogue_export"),
    path("catalogues/<int:pk>/import/", catalogue_imports.catalogue_table, name="catalogue_table"),
    path("catalogues/<int:pk>/update/", catalogue_imports.catalogue_update, name="catalogue_update"),
    path("catalogues/<int:pk>/issue/", catalogues.catalogue_issue, name="catalogue_issue"),
    path("catalogues/<int:pk>/retire/", catalogues.catalogue_retire, name="catalogue_retire"),
    path("catalogues/<int:pk>/items/add/", catalogue_items.catalogue_item_add, name="catalogue_item_add"),
    path(
        "catalogues/<int:pk>/editions/<int:number>/", catalogues.catalogue_edition, name="catalogue_edition"
    ),
    path(
        "catalogues/<int:pk>/editions/<int:number>/export/",
        catalogues.catalogue_edition_export,
        name="catalogue_edition_export",
    ),
    path("catalogues/drafts/<int:pk>/", catalogue_imports.catalogue_draft, name="catalogue_draft"),
    path(
        "catalogues/drafts/<int:pk>/discard/",
        catalogue_imports.catalogue_draft_discard,
        name="catalogue_draft_discard",
    ),
    path("catalogues/items/<int:pk>/", catalogue_items.catalogue_item, name="catalogue_item"),
    path("catalogues/items/<int:pk>/edit/", catalogue_items.catalogue_item_edit, name="catalogue_item_edit"),
    path("catalogues/items/<int:pk>/duty/", catalogue_items.catalogue_item_duty, name="catalogue_item_duty"),
    path(
        "catalogues/items/<int:pk>/read-again/",
        catalogue_items.catalogue_item_read_again,
        name="catalogue_item_read_again",
    ),
    path(
        "catalogues/items/<int:pk>/absent/",
        catalogue_items.catalogue_item_absent,
        name="catalogue_item_absent",
    ),
    path(
        "catalogues/items/<int:pk>/applies/",
        catalogue_items.catalogue_item_applies,
        name="catalogue_item_applies",
    ),
    path(
        "catalogues/items/<int:pk>/retire/",
        catalogue_items.catalogue_item_retire,
        name="catalogue_item_retire",
    ),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/items/", coverage.coverage_items, name="coverage_items"),
    path("coverage/items/export/", coverage.coverage_items_export, name="coverage_items_export"),
    path("coverage/<int:pk>/", coverage.coverage_body, name="coverage_body"),
    path("coverage/<int:pk>/late/<int:year>/", coverage.coverage_late, name="coverage_late"),
    path("coverage/<int:pk>/urge/", coverage.coverage_urge, name="coverage_urge"),
]
