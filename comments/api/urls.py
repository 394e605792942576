"""Routes of the reader API; each answers with and without the last slash, and nothing here answers in HTML."""

from __future__ import annotations

from django.urls import path, re_path

from . import author, public, schema
from .base import NotFoundView

app_name = "health_comments_api"

_ROUTES = (
    ("threads/<int:page_id>", public.ThreadView, "thread"),
    ("threads/<int:page_id>/replies", public.RepliesView, "replies"),
    ("challenges", public.ChallengesView, "challenges"),
    ("counts", public.CountsView, "counts"),
    ("submissions/<str:token>", public.SubmissionView, "submission"),
    ("verifications", author.VerificationsView, "verifications"),
    ("sign-ins", author.SignInsView, "sign_ins"),
    ("replies/<uuid:reply_id>", author.OwnReplyView, "own_reply"),
    ("replies/<uuid:reply_id>/reports", author.ReportsView, "reports"),
    ("decisions/<uuid:key>", author.DecisionView, "decision"),
    ("decisions/<uuid:key>/appeals", author.AppealsView, "appeals"),
    ("me/export", author.ExportView, "export"),
    ("me", author.MeView, "me"),
)

urlpatterns = [
    *(path(f"{route}/", view.as_view(), name=name) for route, view, name in _ROUTES),
    *(path(route, view.as_view()) for route, view, _name in _ROUTES),
    path("openapi.json", schema.OpenAPIView.as_view(), name="openapi"),
    path("openapi.json/", schema.OpenAPIView.as_view()),
    path("", schema.RootView.as_view(), name="root"),
    re_path("^", NotFoundView.as_view()),
]
