"""Accepts events over HTTP and answers once the brokers have them."""
