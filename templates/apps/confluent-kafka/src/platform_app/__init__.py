"""Producer, consumer, transformer and tools of one event platform."""
