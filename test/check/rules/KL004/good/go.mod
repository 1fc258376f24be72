module shop

require (
	github.com/IBM/sarama v1.61.1
	github.com/Shopify/sarama v1.38.1 // indirect
)
