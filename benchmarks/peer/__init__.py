"""A throw-away host that mounts Wagtail's own APIs on the same database, to be measured beside ours."""
