#!/bin/sh
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic customers --partitions 6 --config cleanup.policy=compact,delete --config retention.ms=604800000
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic rates --partitions 6 --config cleanup.policy=compact --config retention.ms=-1
