"""Previews in a front end: drafts, one-time codes, and the tokens they are exchanged for."""
