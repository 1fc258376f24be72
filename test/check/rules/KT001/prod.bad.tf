resource "kafka_topic" "orders" {
  name       = "orders"
  partitions = 12
  # expect KT001
  replication_factor = 1
}
