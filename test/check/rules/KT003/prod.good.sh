#!/bin/sh
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders --partitions 12 --replication-factor 3
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders.dlq --partitions 1 --replication-factor 3
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic rates --partitions 1 --replication-factor 3 --config cleanup.policy=compact
