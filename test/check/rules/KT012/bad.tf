resource "kafka_topic" "orders_placed" {
  name               = "orders.placed"
  partitions         = 6
  replication_factor = 3
}
resource "kafka_topic" "other" {
  # expect KT012
  name               = "orders_placed"
  partitions         = 6
  replication_factor = 3
}
