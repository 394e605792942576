"""Menus in the read model: written when a menu, or a page that it names, changes."""
