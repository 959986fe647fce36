"""Addresses of taking part. The hearing pages themselves are Wagtail pages; their names stay (design.md)."""

from django.urls import path

from hearings.views.comment import comment
from hearings.views.comments import comments
from hearings.views.edit import edit_receipt
from hearings.views.meeting import register
from hearings.views.receipt import lookup, receipt, withdraw_receipt

app_name = "hearings"
urlpatterns = [
    path("hearings/<slug:slug>/comment/", comment, name="comment"),
    path("hearings/<slug:slug>/comments/", comments, name="comments"),
    path("hearings/<slug:slug>/meetings/<int:pk>/register/", register, name="register"),
    path("r/", lookup, name="receipt_lookup"),
    path("r/<str:receipt>/", receipt, name="receipt"),
    path("r/<str:receipt>/edit/", edit_receipt, name="receipt_edit"),
    path("r/<str:receipt>/withdraw/", withdraw_receipt, name="receipt_withdraw"),
]
