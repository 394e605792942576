"""A site whose pages descend from a base page of its own (Wagtail 8.0 and later)."""
