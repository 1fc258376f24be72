resource "kafka_topic" "orders_placed-v2_" {
  name               = "orders.placed-v2_"
  partitions         = 6
  replication_factor = 3
}
