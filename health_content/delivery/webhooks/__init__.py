"""Webhooks: what happened, told to other systems."""
