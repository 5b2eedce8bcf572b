"""Live checks: the article's statements against the frameworks installed here."""
