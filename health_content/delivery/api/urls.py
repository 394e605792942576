"""Routes of the content API. Each answers with and without a closing slash, and none redirects."""

from __future__ import annotations

from django.urls import re_path

from . import changes, docs, places, questions, sections, versions, views

app_name = "health_delivery"

urlpatterns = [
    re_path(r"^$", views.RootView.as_view(), name="root"),
    re_path(r"^resolve/?$", views.ResolveView.as_view(), name="resolve"),
    re_path(r"^pages/?$", views.DocumentListView.as_view(), name="pages"),
    re_path(
        r"^pages/(?P<page_id>[0-9]{1,20})/?$", views.DocumentView.as_view(), name="page"
    ),
    re_path(
        r"^pages/(?P<page_id>[0-9]{1,20})\.md/?$",
        views.MarkdownView.as_view(),
        name="page-markdown",
    ),
    re_path(
        r"^articles/?$",
        views.DocumentListView.as_view(document_type="article"),
        name="articles",
    ),
    re_path(
        r"^articles/(?P<page_id>[0-9]{1,20})/?$",
        views.DocumentView.as_view(document_type="article"),
        name="article",
    ),
    re_path(
        r"^articles/(?P<page_id>[0-9]{1,20})\.md/?$",
        views.MarkdownView.as_view(document_type="article"),
        name="article-markdown",
    ),
    re_path(
        r"^articles/(?P<page_id>[0-9]{1,20})/versions/?$",
        versions.VersionListView.as_view(),
        name="versions",
    ),
    re_path(
        r"^articles/(?P<page_id>[0-9]{1,20})/sections/(?P<block_id>[-0-9a-fA-F]{36})/?$",
        sections.SectionView.as_view(),
        name="section",
    ),
    re_path(
        r"^faqs/?$", views.DocumentListView.as_view(document_type="faq"), name="faqs"
    ),
    re_path(
        r"^faqs/entries/?$", questions.QuestionListView.as_view(), name="questions"
    ),
    re_path(
        r"^faqs/(?P<page_id>[0-9]{1,20})/?$",
        views.DocumentView.as_view(document_type="faq"),
        name="faq",
    ),
    re_path(
        r"^faqs/(?P<page_id>[0-9]{1,20})\.md/?$",
        views.MarkdownView.as_view(document_type="faq"),
        name="faq-markdown",
    ),
    re_path(r"^disclaimers/?$", views.DisclaimerListView.as_view(), name="disclaimers"),
    re_path(
        r"^disclaimers/(?P<key>[-a-zA-Z0-9_]{1,80})/?$",
        views.DisclaimerView.as_view(),
        name="disclaimer",
    ),
    re_path(r"^routes/?$", places.RouteListView.as_view(), name="routes"),
    re_path(r"^redirects/?$", places.RedirectListView.as_view(), name="redirects"),
    re_path(r"^site/?$", places.SiteView.as_view(), name="site"),
    re_path(r"^changes/?$", changes.ChangesView.as_view(), name="changes"),
    re_path(r"^changes\.atom/?$", changes.FeedView.as_view(), name="feed"),
    re_path(r"^openapi\.json/?$", docs.SchemaView.as_view(), name="openapi"),
    re_path(r"^docs/?$", docs.DocsView.as_view(), name="docs"),
    re_path(r"^[\s\S]*$", views.MissingView.as_view(), name="missing"),
]
