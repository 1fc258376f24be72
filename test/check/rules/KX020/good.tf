resource "aws_msk_cluster" "orders" {
  encryption_info {
    encryption_in_transit {
      client_broker = var.client_broker
    }
  }
}

resource "aws_msk_cluster" "moving" {
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT"
    }
  }
}
