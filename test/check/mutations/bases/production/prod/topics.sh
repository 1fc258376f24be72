#!/bin/sh
set -e
kafka-topics.sh --bootstrap-server "$KAFKA" --create --if-not-exists --topic orders --partitions 12 --replication-factor 3 --config min.insync.replicas=2
kafka-topics.sh --bootstrap-server "$KAFKA" --create --if-not-exists --topic customers --partitions 12 --replication-factor 3 --config cleanup.policy=compact
kafka-topics.sh --bootstrap-server "$KAFKA" --create --if-not-exists --topic payments --partitions 12 --replication-factor 3 --config retention.ms=604800000
kafka-topics.sh --bootstrap-server "$KAFKA" --create --if-not-exists --topic payments.dlq --partitions 3 --replication-factor 3 --config retention.ms=2592000000
kafka-acls.sh --bootstrap-server "$KAFKA" --add --allow-principal User:shop --operation Write --topic orders
kafka-console-consumer.sh --bootstrap-server "$KAFKA" --topic orders --max-messages 1
