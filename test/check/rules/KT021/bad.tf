resource "kafka_topic" "orders" {
  # expect KT021
  name               = "orders/placed"
  partitions         = 6
  replication_factor = 3
}
