"""Addresses of the staff's rooms of hearings. One hearing's rooms start with its number."""

from django.urls import path

from hearings.views.desk.actions import clone_hearing, set_preview, step
from hearings.views.desk.amend import amend_hearing
from hearings.views.desk.amend_meeting import amend_meeting, call_off
from hearings.views.desk.contentment import contentment, contentment_file
from hearings.views.desk.conversation import comment_desk, conversation, conversations
from hearings.views.desk.draft_import import draft_import
from hearings.views.desk.files import file, files, files_waiting
from hearings.views.desk.imports import import_bad_rows, import_run, import_start, import_template
from hearings.views.desk.meetings import meeting, meetings
from hearings.views.desk.moderation import moderation
from hearings.views.desk.overview import hearing_desk, hearing_list
from hearings.views.desk.paper import paper_check, paper_form, paper_queue, scan, spoken
from hearings.views.desk.postings import postings
from hearings.views.desk.questions import (
    answers,
    question,
    question_preview,
    question_step,
    questions,
    written,
)
from hearings.views.desk.spots import spots, spots_file

app_name = "hearings_desk"
urlpatterns = [
    path("desk/hearings/", hearing_list, name="list"),
    path("desk/hearings/<int:pk>/", hearing_desk, name="hearing"),
    path("desk/hearings/<int:pk>/draft-import/", draft_import, name="draft_import"),
    path("desk/hearings/<int:pk>/step/<slug:verb>/", step, name="step"),
    path("desk/hearings/<int:pk>/amend/", amend_hearing, name="amend"),
    path("desk/hearings/<int:pk>/clone/", clone_hearing, name="clone"),
    path("desk/hearings/<int:pk>/preview/", set_preview, name="preview"),
    path("desk/hearings/<int:pk>/postings/", postings, name="postings"),
    path("desk/hearings/<int:pk>/postings/<int:board_pk>/", postings, name="posting"),
    path("desk/conversation/", conversations, name="conversations"),
    path("desk/hearings/<int:pk>/conversation/", conversation, name="conversation"),
    path("desk/hearings/comments/", moderation, name="moderation"),
    path("desk/hearings/<int:pk>/comments/", moderation, name="hearing_moderation"),
    path("desk/hearings/<int:pk>/comments/<int:comment_pk>/", comment_desk, name="comment"),
    path("desk/files/", files_waiting, name="files_waiting"),
    path("desk/hearings/<int:pk>/files/", files, name="files"),
    path("desk/hearings/<int:pk>/files/<int:file>/", file, name="file"),
    path("desk/hearings/<int:pk>/paper/", paper_queue, name="paper"),
    path("desk/hearings/<int:pk>/paper/spoken/", spoken, name="spoken"),
    path("desk/hearings/<int:pk>/paper/<int:form>/", paper_form, name="paper_form"),
    path("desk/hearings/<int:pk>/paper/<int:form>/check/", paper_check, name="paper_check"),
    path("desk/hearings/<int:pk>/paper/<int:form>/scan/", scan, name="scan"),
    path("desk/hearings/<int:pk>/import/", import_start, name="import"),
    path("desk/hearings/<int:pk>/import/template/", import_template, name="import_template"),
    path("desk/hearings/<int:pk>/import/<int:run>/", import_run, name="import_run"),
    path("desk/hearings/<int:pk>/import/<int:run>/bad-rows/", import_bad_rows, name="import_bad_rows"),
    path("desk/hearings/<int:pk>/meetings/", meetings, name="meetings"),
    path("desk/hearings/<int:pk>/meetings/add/", amend_meeting, name="meeting_add"),
    path("desk/hearings/<int:pk>/meetings/<int:meeting>/", meeting, name="meeting"),
    path("desk/hearings/<int:pk>/meetings/<int:meeting>/change/", amend_meeting, name="meeting_change"),
    path("desk/hearings/<int:pk>/meetings/<int:meeting>/cancel/", call_off, name="meeting_cancel"),
    path("desk/hearings/<int:pk>/questions/", questions, name="questions"),
    path("desk/hearings/<int:pk>/questions/add/", question, name="question_add"),
    path("desk/hearings/<int:pk>/questions/preview/", question_preview, name="question_preview"),
    path("desk/hearings/<int:pk>/questions/<int:question_pk>/", question, name="question"),
    path("desk/hearings/<int:pk>/questions/<int:question_pk>/step/", question_step, name="question_step"),
    path("desk/hearings/<int:pk>/places/", spots, name="spots"),
    path("desk/hearings/<int:pk>/places.geojson", spots_file, name="spots_file"),
    path("desk/hearings/<int:pk>/contentment/", contentment, name="contentment"),
    path("desk/hearings/<int:pk>/contentment.csv", contentment_file, name="contentment_file"),
    path("desk/hearings/<int:pk>/answers/", answers, name="answers"),
    path("desk/hearings/<int:pk>/answers/<int:question_pk>/", written, name="written"),
]
