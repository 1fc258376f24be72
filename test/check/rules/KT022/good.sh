#!/bin/sh
kafka-topics.sh --bootstrap-server kafka-1:9092 --alter --topic orders --partitions 12
kafka-configs.sh --bootstrap-server kafka-1:9092 --alter --entity-type topics --entity-name orders --add-config retention.ms=604800000
