resource "aws_msk_cluster" "orders" {
  cluster_name           = "orders"
  number_of_broker_nodes = 3

  encryption_info {
    encryption_in_transit {
      # expect KX020
      client_broker = "PLAINTEXT"
    }
  }
}
