resource "kafka_topic" "orders_placed" {
  name               = "orders.placed"
  partitions         = 6
  replication_factor = 3
}
resource "kafka_topic" "orders_paid" {
  name               = "orders.paid"
  partitions         = 6
  replication_factor = 3
}
