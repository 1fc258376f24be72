resource "kafka_topic" "orders" {
  name               = "orders"
  partitions         = 6
  replication_factor = 3
  config = {
    "remote.storage.enable" = "true"
    "retention.ms" = "86400000"
    # expect KT010
    "local.retention.ms" = "172800000"
  }
}
