"""The moderators' desk in the Wagtail admin."""
