"""Bodies of documents into headed sections.

    html                        pages and fragments; metadata, dates, encoding, selectors come with it
    files                       any other file by what it is: pdf, office, delimited (CSV), plain text
    headings, labels            headings into numbers, words and paths, the same for every format
    scrubbing                   what is left out of texts

Nothing here knows a protocol: values in, values out.
"""
