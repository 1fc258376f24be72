resource "kafka_topic" "orders" {
  name               = "orders"
  partitions         = 12
  replication_factor = local.copies
}

resource "confluent_kafka_topic" "payments" {
  topic_name       = "payments"
  partitions_count = 6
}
