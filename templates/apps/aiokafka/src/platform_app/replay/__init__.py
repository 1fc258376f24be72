"""Sends dead letters to their topic again, after what they failed of was mended."""
