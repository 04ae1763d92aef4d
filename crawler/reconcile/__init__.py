"""What an answer means, decided on values alone: what is known before it, to intents that one writer carries out.

:mod:`crawler.store.known` loads the values, :func:`crawler.store.writer.carry_out` does what was decided. What was not
loaded is a ``KeyError``, never a query.
"""
