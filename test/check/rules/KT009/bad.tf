resource "kafka_topic" "orders" {
  name               = "orders"
  partitions         = 6
  replication_factor = 3
  config = {
    # expect KT009
    "remote.storage.enable" = "true"
    "cleanup.policy"        = "compact"
  }
}
