"""Reads events and writes one derived event for each, exactly once, in Kafka transactions."""
