#!/bin/sh
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders --partitions 50 --replication-factor 3 --config segment.ms=3600000
kafka-configs --bootstrap-server kafka-1:9092 --alter --topic orders --add-config segment.ms=1000
