#!/bin/sh
# expect KT013
kafka-topics --create --topic orders --partitions 6 --replication-factor 3 --zookeeper zk:2181
# expect KT013
docker exec -i kafka kafka-console-producer.sh --broker-list localhost:9092 --topic orders < orders.txt
# expect KT013
kafka-console-consumer --bootstrap-server kafka-1:9092 --whitelist 'orders.*'
