"""Readers of the read model, by what they read."""
