"""The partnership checklist: its questions, the answers posted, and the files made of them."""
