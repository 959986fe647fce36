"""Addresses of taking part. The hearing pages themselves are Wagtail pages; their names stay (design.md)."""

from django.urls import path

from hearings.views import documents
from hearings.views.comment import comment
from hearings.views.comments import comments
from hearings.views.document_pages import document_page, document_picture
from hearings.views.draft import choose_versions, draft, draft_compare
from hearings.views.edit import edit_receipt
from hearings.views.embed import embed
from hearings.views.files import comment_file
from hearings.views.local import local
from hearings.views.meeting import register
from hearings.views.preview import preview
from hearings.views.receipt import lookup, rate_receipt, receipt, withdraw_receipt
from hearings.views.resume import resume
from hearings.views.spots import public_spots
from hearings.views.talk import comment_page, reply, reply_page, report_comment, support_comment, withdraw

app_name = "hearings"
urlpatterns = [
    path("hearings/preview/<uuid:key>/", preview, name="preview"),
    path("hearings/<slug:slug>/comment/", comment, name="comment"),
    path("hearings/<slug:slug>/resume/", resume, name="resume"),
    path("hearings/<slug:slug>/comments/", comments, name="comments"),
    path("hearings/<slug:slug>/draft/", draft, name="draft"),
    path("hearings/<slug:slug>/draft/compare/", choose_versions, name="draft_choose"),
    path("hearings/<slug:slug>/draft/<int:number>/", draft, name="draft_version"),
    path("hearings/<slug:slug>/draft/<int:older>/<int:newer>/", draft_compare, name="draft_compare"),
    path("hearings/<slug:slug>/comments/<int:pk>/", comment_page, name="comment_page"),
    path("hearings/<slug:slug>/documents/<int:pk>/<int:number>/", document_page, name="document_page"),
    path(
        "hearings/<slug:slug>/documents/<int:pk>/<int:number>.webp", document_picture, name="document_picture"
    ),
    path("hearings/<slug:slug>/files/<int:pk>/", comment_file, name="file"),
    path("hearings/<slug:slug>/comments/<int:pk>/reply/", reply, name="reply"),
    path("hearings/<slug:slug>/comments/<int:pk>/support/", support_comment, name="support"),
    path("hearings/<slug:slug>/comments/<int:pk>/report/", report_comment, name="report"),
    path("hearings/<slug:slug>/replies/<int:pk>/", reply_page, name="reply_page"),
    path("hearings/<slug:slug>/replies/<int:pk>/withdraw/", withdraw, name="reply_withdraw"),
    path("hearings/<slug:slug>/meetings/<int:pk>/register/", register, name="register"),
    path("hearings/<slug:slug>/notice/", documents.notice, name="notice"),
    path("hearings/<slug:slug>/notice.pdf", documents.notice_file, name="notice_pdf"),
    path("hearings/<slug:slug>/poster.pdf", documents.poster_a4, name="poster_pdf"),
    path("hearings/<slug:slug>/poster-a3.pdf", documents.poster_a3, name="poster_a3_pdf"),
    path("hearings/<slug:slug>/slips.pdf", documents.slips, name="slips_pdf"),
    path("hearings/<slug:slug>/three-minutes.pdf", documents.three_minutes, name="three_minutes_pdf"),
    path("hearings/<slug:slug>/form.pdf", documents.form_file, name="form_pdf"),
    path("hearings/<slug:slug>/share/", documents.share, name="share"),
    path("hearings/<slug:slug>/places.geojson", public_spots, name="spots"),
    path("hearings/<slug:slug>/embed/", embed, name="embed"),
    path("hearings/<slug:slug>/qr.svg", documents.share_qr, {"kind": "svg"}, name="qr_svg"),
    path("hearings/<slug:slug>/qr.png", documents.share_qr, {"kind": "png"}, name="qr_png"),
    path("hearings/<slug:slug>/calendar.ics", documents.hearing_dates, name="calendar"),
    path("hearings/<slug:slug>/meetings/<int:pk>.ics", documents.meeting_dates, name="meeting_calendar"),
    path("local-government/", local, name="local"),
    path("h/<int:pk>/", documents.short, name="short"),
    path("b/<str:code>/", documents.board, name="board"),
    path("r/", lookup, name="receipt_lookup"),
    path("r/<str:receipt>/", receipt, name="receipt"),
    path("r/<str:receipt>/receipt.pdf", documents.receipt_file, name="receipt_pdf"),
    path("r/<str:receipt>/edit/", edit_receipt, name="receipt_edit"),
    path("r/<str:receipt>/content/", rate_receipt, name="receipt_rate"),
    path("r/<str:receipt>/withdraw/", withdraw_receipt, name="receipt_withdraw"),
]
