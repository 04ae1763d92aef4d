"""What a text that somebody sends cites. It is read in a child process, which keeps nothing and ends with it.

values     what was sent (Sent), and what it cites (Mention)
reading    the child: a form, a file or a text in, a Sent out
process    the parent: the child with its limits, at most two at a time
"""
