"""Recalls: who was told, who confirmed."""
