"""Citations in running text, measured on strings in context whose targets are known."""
