"""Reads events, applies each once, and answers questions about them."""
