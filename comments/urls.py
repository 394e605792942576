"""Routes of the pages for readers without JavaScript."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "health_comments"

urlpatterns = [
    path("pages/<int:page_id>/", views.thread, name="thread"),
    path("submissions/<str:token>/", views.submission, name="submission"),
    path("proofs/<str:token>/", views.proof, name="proof"),
]
