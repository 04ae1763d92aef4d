"""What a document is about, and what it offers: by rules, on values alone."""
