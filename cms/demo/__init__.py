"""The demonstration: texts, drawings and the builders that turn them into a site."""
