resource "aws_msk_cluster" "orders" {
  encryption_info {
    encryption_in_transit {
      # expect KX024
      in_cluster = false
    }
  }
}
