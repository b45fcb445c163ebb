"""Addresses of 依申请公开 on the public site. No address holds anything personal."""

from django.urls import path

from gongkai.portal.foi import apply, deadline, form_file, guide, submit, track

HERE = "bodies/<slug:slug>/foi/"
DRAFT = f"{HERE}apply/<slug:ref>/"
CASE = f"{HERE}track/<slug:number>/"

urlpatterns = [
    path("foi/", guide.choose, name="foi"),
    path("deadline/", deadline.deadline, name="deadline"),
    path(HERE, guide.guide, name="foi_guide"),
    path(f"{HERE}form.<slug:ending>", form_file.form_file, name="foi_form"),
    path(f"{HERE}apply/", apply.search, name="foi_search"),
    path(f"{HERE}apply/start/", apply.start, name="foi_start"),
    path(f"{HERE}apply/resume/", apply.resume, name="foi_resume"),
    path(f"{DRAFT}kind/", apply.kind, name="foi_kind"),
    path(f"{DRAFT}applicant/", apply.applicant, name="foi_applicant"),
    path(f"{DRAFT}information/", apply.information, name="foi_information"),
    path(f"{DRAFT}files/", apply.files, name="foi_files"),
    path(f"{DRAFT}check/", submit.check, name="foi_check"),
    path(f"{DRAFT}saved/", apply.saved, name="foi_saved"),
    path(f"{DRAFT}discard/", apply.discard, name="foi_discard"),
    path(f"{DRAFT}receipt/", submit.receipt, name="foi_receipt"),
    path(f"{DRAFT}receipt/noted/", submit.noted, name="foi_noted"),
    path(f"{DRAFT}receipt.pdf", submit.receipt_file, name="foi_receipt_file"),
    path(f"{HERE}track/", track.enter, name="foi_track"),
    path(f"{HERE}track/leave/", track.leave, name="foi_leave"),
    path(CASE, track.case, name="foi_case"),
    path(f"{CASE}do/<slug:act>/", track.do, name="foi_do"),
    path(f"{CASE}letter/<int:letter>.<slug:ending>", track.letter_file, name="foi_letter"),
    path(f"{CASE}letter/<int:letter>/received/", track.acknowledge, name="foi_acknowledge"),
    path(f"{CASE}file/<int:material>/", track.material_file, name="foi_material"),
]
