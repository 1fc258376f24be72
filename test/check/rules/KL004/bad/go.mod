module shop

require github.com/Shopify/sarama v1.38.1
