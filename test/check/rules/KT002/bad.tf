resource "kafka_topic" "orders" {
  name               = "orders"
  partitions         = 6
  replication_factor = 3
  config = {
    # expect KT002
    "min.insync.replicas" = "3"
  }
}
