"""How well messages are read, on messages kept apart from the phrases."""
