"""Routes of the content API. Each answers with and without a closing slash, and none redirects."""

from __future__ import annotations

from django.urls import URLPattern, re_path

from . import (
    acks,
    changes,
    claims,
    docs,
    places,
    preview,
    questions,
    search,
    sections,
    unlock,
    versions,
    views,
    webhooks,
    withdrawals,
)
from .caller_grammar import UUID_PATTERN

app_name = "health_delivery"


def _versions(collection: str, document_type: str) -> list[URLPattern]:
    one = rf"^{collection}/(?P<page_id>[0-9]{{1,20}})"
    page = f"{one}/versions"
    return [
        re_path(
            rf"{one}/as-of/?$",
            versions.AsOfView.as_view(document_type=document_type),
            name=f"{document_type}-as-of",
        ),
        re_path(
            rf"{page}/?$",
            versions.VersionListView.as_view(document_type=document_type),
            name=f"{document_type}-versions",
        ),
        re_path(
            rf"{page}/(?P<number>[0-9]{{1,10}})/?$",
            versions.VersionView.as_view(document_type=document_type),
            name=f"{document_type}-version",
        ),
    ]


urlpatterns = [
    re_path(r"^$", views.RootView.as_view(), name="root"),
    re_path(r"^resolve/?$", views.ResolveView.as_view(), name="resolve"),
    re_path(
        r"^resolve/unlock/?$", unlock.PathUnlockView.as_view(), name="resolve-unlock"
    ),
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
        r"^pages/(?P<page_id>[0-9]{1,20})/unlock/?$",
        unlock.UnlockView.as_view(),
        name="unlock",
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
    *_versions("articles", "article"),
    *_versions("faqs", "faq"),
    re_path(r"^routes/?$", places.RouteListView.as_view(), name="routes"),
    re_path(r"^redirects/?$", places.RedirectListView.as_view(), name="redirects"),
    re_path(
        r"^navigation/(?P<key>[-a-zA-Z0-9_]{1,80})/?$",
        places.NavigationView.as_view(),
        name="navigation",
    ),
    re_path(r"^site/?$", places.SiteView.as_view(), name="site"),
    re_path(r"^search/?$", search.SearchView.as_view(), name="search"),
    re_path(r"^changes/?$", changes.ChangesView.as_view(), name="changes"),
    re_path(r"^changes\.atom/?$", changes.FeedView.as_view(), name="feed"),
    re_path(
        r"^preview/sessions/?$", preview.SessionsView.as_view(), name="preview-sessions"
    ),
    re_path(
        r"^preview/document/?$", preview.DraftView.as_view(), name="preview-document"
    ),
    re_path(
        r"^preview/pages/(?P<page_id>[0-9]{1,20})/?$",
        preview.DraftView.as_view(),
        name="preview-page",
    ),
    re_path(
        r"^preview/resolve/?$",
        preview.DraftResolveView.as_view(),
        name="preview-resolve",
    ),
    re_path(
        r"^preview/page_preview/?$",
        preview.PagePreviewView.as_view(),
        name="page-preview",
    ),
    re_path(
        r"^preview/page_preview/(?P<page_id>[0-9]{1,20})/?$",
        preview.PagePreviewView.as_view(),
        name="page-preview-detail",
    ),
    re_path(
        r"^pages/(?P<page_id>[0-9]{1,20})/withdraw/?$",
        withdrawals.WithdrawView.as_view(),
        name="withdraw",
    ),
    re_path(
        r"^withdrawals/?$",
        withdrawals.WithdrawalListView.as_view(),
        name="withdrawals",
    ),
    re_path(
        r"^withdrawals/(?P<withdrawal_id>[0-9]{1,20})/?$",
        withdrawals.WithdrawalView.as_view(),
        name="withdrawal",
    ),
    re_path(
        r"^withdrawals/(?P<withdrawal_id>[0-9]{1,20})/lift/?$",
        withdrawals.LiftView.as_view(),
        name="lift",
    ),
    re_path(r"^acks/?$", acks.AckListView.as_view(), name="acks"),
    re_path(r"^claims/check/?$", claims.ClaimCheckView.as_view(), name="claims-check"),
    re_path(
        r"^webhooks/endpoints/?$",
        webhooks.EndpointListView.as_view(),
        name="webhook-endpoints",
    ),
    re_path(
        rf"^webhooks/endpoints/(?P<endpoint_id>{UUID_PATTERN})/?$",
        webhooks.EndpointView.as_view(),
        name="webhook-endpoint",
    ),
    re_path(
        rf"^webhooks/endpoints/(?P<endpoint_id>{UUID_PATTERN})/rotate/?$",
        webhooks.RotateView.as_view(),
        name="webhook-rotate",
    ),
    re_path(
        rf"^webhooks/endpoints/(?P<endpoint_id>{UUID_PATTERN})/test/?$",
        webhooks.TestView.as_view(),
        name="webhook-test",
    ),
    re_path(
        r"^webhooks/deliveries/?$",
        webhooks.DeliveryListView.as_view(),
        name="webhook-deliveries",
    ),
    re_path(
        r"^webhooks/deliveries/(?P<delivery_id>msg_[0-9a-f]{32})/?$",
        webhooks.DeliveryView.as_view(),
        name="webhook-delivery",
    ),
    re_path(
        r"^webhooks/deliveries/(?P<delivery_id>msg_[0-9a-f]{32})/redeliver/?$",
        webhooks.RedeliverView.as_view(),
        name="webhook-redeliver",
    ),
    re_path(r"^openapi\.json/?$", docs.SchemaView.as_view(), name="openapi"),
    re_path(r"^docs/?$", docs.DocsView.as_view(), name="docs"),
    re_path(r"^[\s\S]*$", views.MissingView.as_view(), name="missing"),
]
