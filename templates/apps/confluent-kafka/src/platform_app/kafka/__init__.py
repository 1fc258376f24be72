"""Everything that knows the Kafka client."""
