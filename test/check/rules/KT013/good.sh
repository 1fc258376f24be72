#!/bin/sh
docker exec -i kafka kafka-console-producer.sh --bootstrap-server localhost:9092 --topic orders < orders.txt
kafka-console-consumer --bootstrap-server kafka-1:9092 --include 'orders.*'
echo "kafka-topics --zookeeper is gone"
other-tool --zookeeper zk:2181 kafka-topics
