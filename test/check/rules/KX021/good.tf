resource "aws_msk_cluster" "orders" {
  client_authentication {
    unauthenticated = !var.is_production
    tls {}
  }
}
