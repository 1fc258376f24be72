resource "kafka_topic" "orders" {
  name               = "orders"
  partitions         = 6
  replication_factor = 3
  config = {
    # expect KB028
    "retention.bytes" = "104857600"
  }
}
