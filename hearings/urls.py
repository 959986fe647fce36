"""Addresses of taking part. The hearing pages themselves are Wagtail pages; their names stay (design.md)."""

from django.urls import path

from hearings.views.comment import comment
from hearings.views.comments import comments
from hearings.views.draft import choose_versions, draft, draft_compare
from hearings.views.edit import edit_receipt
from hearings.views.meeting import register
from hearings.views.preview import preview
from hearings.views.receipt import lookup, receipt, withdraw_receipt
from hearings.views.talk import comment_page, reply, report_comment, support_comment, withdraw

app_name = "hearings"
urlpatterns = [
    path("hearings/preview/<uuid:key>/", preview, name="preview"),
    path("hearings/<slug:slug>/comment/", comment, name="comment"),
    path("hearings/<slug:slug>/comments/", comments, name="comments"),
    path("hearings/<slug:slug>/draft/", draft, name="draft"),
    path("hearings/<slug:slug>/draft/compare/", choose_versions, name="draft_choose"),
    path("hearings/<slug:slug>/draft/<int:number>/", draft, name="draft_version"),
    path("hearings/<slug:slug>/draft/<int:older>/<int:newer>/", draft_compare, name="draft_compare"),
    path("hearings/<slug:slug>/comments/<int:pk>/", comment_page, name="comment_page"),
    path("hearings/<slug:slug>/comments/<int:pk>/reply/", reply, name="reply"),
    path("hearings/<slug:slug>/comments/<int:pk>/support/", support_comment, name="support"),
    path("hearings/<slug:slug>/comments/<int:pk>/report/", report_comment, name="report"),
    path("hearings/<slug:slug>/replies/<int:pk>/withdraw/", withdraw, name="reply_withdraw"),
    path("hearings/<slug:slug>/meetings/<int:pk>/register/", register, name="register"),
    path("r/", lookup, name="receipt_lookup"),
    path("r/<str:receipt>/", receipt, name="receipt"),
    path("r/<str:receipt>/edit/", edit_receipt, name="receipt_edit"),
    path("r/<str:receipt>/withdraw/", withdraw_receipt, name="receipt_withdraw"),
]
