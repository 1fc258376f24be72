#!/bin/sh
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders --partitions 6 --config retention.ms=604800000
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders-dlq --partitions 6 --config retention.ms=2592000000
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic payments-dlq --partitions 6 --config retention.ms=86400000
