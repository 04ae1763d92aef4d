"""Bodies of documents into headed sections: HTML and the dates and encodings that come with it."""
