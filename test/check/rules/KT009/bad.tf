resource "kafka_topic" "orders" {
  name               = "orders"
  partitions         = 6
  replication_factor = 3
  config = {
    "remote.storage.enable" = "true"
    # expect KT009
    "cleanup.policy" = "compact"
  }
}
