resource "kafka_topic" "orders" {
  name               = "orders"
  partitions         = 6
  replication_factor = 3
  config = {
    "cleanup.policy" = "compact,delete"
    "retention.ms" = "86400000"
  }
}
