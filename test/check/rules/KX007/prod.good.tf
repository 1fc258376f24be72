resource "kafka_acl" "all" {
  resource_name       = "orders"
  resource_type       = "Topic"
  acl_principal       = "User:*"
  acl_host            = "*"
  acl_operation       = "Read"
  acl_permission_type = "Allow"
}
