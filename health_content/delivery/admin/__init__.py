"""Views of delivery in the admin."""
