resource "kafka_acl" "all" {
  resource_name       = "*"
  resource_type       = "Topic"
  # expect KX007
  acl_principal       = "User:*"
  acl_host            = "*"
  acl_operation       = "All"
  acl_permission_type = "Allow"
}
