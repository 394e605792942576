"""The content part in the Wagtail admin."""
