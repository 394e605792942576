"""A site of Wagtail alone, whose article has the same fields as ours: what publishing costs without us."""
