"""Writers of the content part, one entity a module."""
