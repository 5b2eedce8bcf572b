"""Factual questions and the answers that serve them."""
