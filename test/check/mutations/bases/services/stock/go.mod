module example.com/stock

go 1.25

require github.com/confluentinc/confluent-kafka-go/v2 v2.12.0
