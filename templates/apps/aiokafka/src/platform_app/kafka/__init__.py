"""What both services share about Kafka."""
