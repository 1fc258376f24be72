#!/bin/sh
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders --partitions 6 --replication-factor 3 --config min.insync.replicas=2
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic scratch --partitions 6 --replication-factor 1 --config min.insync.replicas=1
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic audit --partitions 6 --replication-factor "$COPIES" --config min.insync.replicas=3
# More than there are copies count as all of them: one is enough here.
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic flags --partitions 6 --replication-factor 1 --config min.insync.replicas=2
