"""Addresses of consultations, public concern, questions and the mailbox."""

from django.urls import path

from gongkai.portal.engagement import answers, consultations, mailbox

HERE = "bodies/<slug:slug>/"

urlpatterns = [
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/<int:pk>/", consultations.consultation, name="consultation"),
    path("consultations/<int:pk>/opinion/", consultations.opinion, name="opinion"),
    path(
        "consultations/<int:pk>/received/<str:token>/",
        consultations.opinion_received,
        name="opinion_received",
    ),
    path("consultations/files/<uuid:public_id>/", consultations.consultation_file, name="consultation_file"),
    path("concerns/", answers.concerns, name="concerns"),
    path("questions/", answers.questions, name="questions"),
    path("questions/<int:pk>/", answers.question, name="question"),
    path("mailbox/", mailbox.mailbox, name="mailboxes"),
    path(f"{HERE}consultations/", consultations.consultations, name="body_consultations"),
    path(f"{HERE}concerns/", answers.concerns, name="body_concerns"),
    path(f"{HERE}questions/", answers.questions, name="body_questions"),
    path(f"{HERE}mailbox/", mailbox.mailbox, name="mailbox"),
    path(f"{HERE}mailbox/write/", mailbox.write, name="write_letter"),
    path(f"{HERE}mailbox/received/", mailbox.letter_received, name="letter_received"),
    path(f"{HERE}mailbox/track/", mailbox.track, name="track_letter"),
]
