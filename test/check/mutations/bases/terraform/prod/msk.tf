resource "aws_msk_cluster" "shop" {
  cluster_name           = "shop"
  kafka_version          = "3.9.x.kraft"
  number_of_broker_nodes = 3

  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  client_authentication {
    unauthenticated = false
    sasl {
      iam = true
    }
  }
}
