"""Addresses of consultations, public concern, the library of questions and the mailbox in the officers' site."""

from django.urls import path

from gongkai.console.views import concerns, consultations, faq, mailbox, opinions

urlpatterns = [
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/export/", consultations.consultations_export, name="consultations_export"),
    path("consultations/add/", consultations.consultation_add, name="consultation_add"),
    path("consultations/<int:pk>/", consultations.consultation, name="consultation"),
    path("consultations/<int:pk>/release/", consultations.consultation_release, name="consultation_release"),
    path("consultations/<int:pk>/closing/", consultations.consultation_closing, name="consultation_closing"),
    path("consultations/<int:pk>/questions/add/", consultations.question_add, name="question_add"),
    path("consultations/questions/<int:pk>/drop/", consultations.question_drop, name="question_drop"),
    path(
        "consultations/<int:pk>/files/add/", consultations.consultation_file_add, name="consultation_file_add"
    ),
    path("consultations/files/<int:pk>/", consultations.consultation_file, name="consultation_file"),
    path(
        "consultations/files/<int:pk>/remove/",
        consultations.consultation_file_remove,
        name="consultation_file_remove",
    ),
    path("consultations/<int:pk>/groups/add/", consultations.group_add, name="group_add"),
    path("consultations/groups/<int:pk>/", consultations.group_change, name="group_change"),
    path("consultations/groups/<int:pk>/drop/", consultations.group_drop, name="group_drop"),
    path(
        "consultations/<int:pk>/feedback/", consultations.consultation_feedback, name="consultation_feedback"
    ),
    path("consultations/<int:pk>/comments/add/", consultations.comment_add, name="comment_add"),
    path("consultations/<int:pk>/opinions/", opinions.opinions, name="opinions"),
    path("consultations/<int:pk>/opinions/export/", opinions.opinions_export, name="opinions_export"),
    path("comments/", opinions.comments, name="comments"),
    path("comments/export/", opinions.comments_export, name="comments_export"),
    path("comments/<int:pk>/", opinions.comment, name="comment"),
    path("comments/<int:pk>/sender/", opinions.comment_sender, name="comment_sender"),
    path("comments/<int:pk>/moderate/", opinions.comment_moderate, name="comment_moderate"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/export/", concerns.concerns_export, name="concerns_export"),
    path("concerns/add/", concerns.concern_add, name="concern_add"),
    path("concerns/<int:pk>/", concerns.concern, name="concern"),
    path("concerns/<int:pk>/step/", concerns.concern_step, name="concern_step"),
    path("concerns/<int:pk>/answer/", concerns.concern_answer, name="concern_answer"),
    path("faq/", faq.faq_entries, name="faq_entries"),
    path("faq/export/", faq.faq_entries_export, name="faq_entries_export"),
    path("faq/add/", faq.faq_add, name="faq_add"),
    path("faq/<int:pk>/", faq.faq_entry, name="faq_entry"),
    path("faq/<int:pk>/change/", faq.faq_change, name="faq_change"),
    path("faq/<int:pk>/publish/", faq.faq_publish, name="faq_publish"),
    path("faq/<int:pk>/withdraw/", faq.faq_withdraw, name="faq_withdraw"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/export/", mailbox.mailbox_export, name="mailbox_export"),
    path("mailbox/add/", mailbox.mailbox_add, name="mailbox_add"),
    path("mailbox/<int:pk>/", mailbox.mailbox_letter, name="mailbox_letter"),
    path("mailbox/<int:pk>/sender/", mailbox.mailbox_sender, name="mailbox_sender"),
    path("mailbox/<int:pk>/answer/", mailbox.mailbox_answer, name="mailbox_answer"),
    path("mailbox/<int:pk>/give/", mailbox.mailbox_give, name="mailbox_give"),
    path("mailbox/<int:pk>/set-aside/", mailbox.mailbox_set_aside, name="mailbox_set_aside"),
]
