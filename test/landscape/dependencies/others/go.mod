module shop

go 1.26

require (
	github.com/Shopify/sarama v1.38.1
	github.com/pierrec/lz4/v4 v4.1.15 // indirect
)
require github.com/twmb/franz-go v1.22.2
