"""The links between what callers with a token, or with a password, ask."""

from __future__ import annotations

from .parts import Link

# What can be asked of a webhook: the name of the link, the operation, and what it is.
_OF_A_WEBHOOK = (
    ("webhook", "getWebhook", "The webhook, and how it does."),
    ("change", "changeWebhook", "Change it."),
    ("rotate", "rotateWebhook", "Give it another secret; the old one is good for a while."),
    ("test", "testWebhook", "Send it a message to try."),
    ("remove", "removeWebhook", "Remove it."),
)  # fmt: skip


def _links_of_webhooks() -> list[Link]:
    links = []
    for source, pointer in (("listWebhooks", "/items/0/id"), ("addWebhook", "/id")):
        links += [
            Link(
                name=name,
                source=source,
                target=target,
                parameters={"endpoint_id": pointer},
                description=description,
            )
            for name, target, description in _OF_A_WEBHOOK
        ]
    for source, pointer in (("listDeliveries", "/items/0/id"), ("testWebhook", "/id")):
        links += [
            Link(
                name="delivery",
                source=source,
                target="getDelivery",
                parameters={"delivery_id": pointer},
                description="The message, with every attempt.",
            ),
            Link(
                name="redeliver",
                source=source,
                target="redeliver",
                parameters={"delivery_id": pointer},
                description="Send it again.",
            ),
        ]
    return links


def _links_of_withdrawals() -> list[Link]:
    links = []
    for source, pointer in (("listWithdrawals", "/items/0/id"), ("withdrawPage", "/id")):  # fmt: skip
        links += [
            Link(
                name="withdrawal",
                source=source,
                target="getWithdrawal",
                parameters={"withdrawal_id": pointer},
                description="Who was told of it, and who confirmed.",
            ),
            Link(
                name="lift",
                source=source,
                target="liftWithdrawal",
                parameters={"withdrawal_id": pointer},
                description="Let the page be published again.",
            ),
        ]
    return links


CALLER_LINKS = (
    *_links_of_webhooks(),
    *_links_of_withdrawals(),
    *(
        Link(
            name="page",
            source=source,
            target="getPage",
            parameters={"id": "/page/id"},
            description="The page, with `token` as the bearer.",
        )
        for source in ("unlockPage", "unlockPath")
    ),
    Link(
        name="draft",
        source="createPreviewSession",
        target="getPreviewPage",
        parameters={"id": "/page"},
        description="The draft, with `token` as the bearer.",
    ),
    Link(
        name="resolve",
        source="createPreviewSession",
        target="resolvePreviewPath",
        parameters={"path": "/path", "site": "/site", "locale": "/locale"},
        description="The draft by its path, with `token` as the bearer.",
    ),
)
