"""The front page, the search, the account, and the pages that say how we work."""
