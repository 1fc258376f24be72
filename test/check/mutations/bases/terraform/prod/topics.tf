resource "kafka_topic" "orders" {
  name               = "orders"
  partitions         = 12
  replication_factor = 3
  config = {
    "min.insync.replicas"   = "2"
    "retention.ms"          = "604800000"
    "segment.bytes"         = "536870912"
    "remote.storage.enable" = "true"
    "local.retention.ms"    = "86400000"
  }
}

resource "kafka_topic" "customers" {
  name               = "customers"
  partitions         = 12
  replication_factor = 3
  config = {
    "cleanup.policy" = "compact"
  }
}

resource "kafka_topic" "orders_dlq" {
  name               = "orders.dlq"
  partitions         = 3
  replication_factor = 3
  config = {
    "retention.ms" = "2592000000"
  }
}

resource "kafka_acl" "orders" {
  resource_name       = "orders"
  resource_type       = "Topic"
  acl_principal       = "User:orders"
  acl_host            = "*"
  acl_operation       = "Write"
  acl_permission_type = "Allow"
}
