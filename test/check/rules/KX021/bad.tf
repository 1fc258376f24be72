resource "aws_msk_cluster" "orders" {
  client_authentication {
    # expect KX021
    unauthenticated = true
    sasl {
      iam = true
    }
  }
}
