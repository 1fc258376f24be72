# What is around does not matter.
variable "name" {}

resource "kafka_topic" "orders" {
  name               = "orders.v1"
  partitions         = 12
  replication_factor = 3

  config = {
    "cleanup.policy" = "compact"
    "retention.ms"   = var.retention
  }
}

resource "aiven_kafka_topic" "payments" {
  topic_name  = "payments-${var.name}"
  partitions  = 6
  replication = 2
  config {
    min_insync_replicas = 2
  }
}

resource "confluent_kafka_acl" "billing" {
  resource_type = "TRANSACTIONAL_ID"
  resource_name = "billing"
  pattern_type  = "PREFIXED"
  principal     = "User:sa-123"
  host          = "*"
  operation     = "DESCRIBE_CONFIGS"
  permission    = "ALLOW"
}

resource "aws_msk_configuration" "orders" {
  name              = "orders"
  server_properties = <<-PROPERTIES
    auto.create.topics.enable = false
    num.partitions = ${var.partitions}
    unclean.leader.election.enable = true
  PROPERTIES
}

resource "aws_msk_cluster" "orders" {
  client_authentication {
    unauthenticated = false
    sasl { iam = true }
  }
}
