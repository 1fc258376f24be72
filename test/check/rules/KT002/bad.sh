#!/bin/sh
# expect KT002
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders --partitions 6 --replication-factor 3 --config min.insync.replicas=3
