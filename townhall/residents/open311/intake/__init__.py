"""The hot lane of intake: what POSTs to `requests` send, read without Django's cycle and written in batches.

`path` answers them; `desk` gathers them; each `writer` has a connection and writes what waits by a few statements,
and answers after the commit. The rules are those of `actions.receiving`, which the pages' lane goes by too.
"""
