"""Readers that turn a source file into a neutral document, and the step to a page.

All modules here are pure (no Django, no I/O) except `build`.
"""
