"""Search over what is published: words, index, ranking, highlights."""
