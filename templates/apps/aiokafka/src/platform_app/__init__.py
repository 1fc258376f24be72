"""Producer, consumer and generator of one event platform."""
