"""Tests; ``python -m tests`` runs every check."""
