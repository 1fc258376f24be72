#!/bin/sh
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders --partitions 6 --config remote.storage.enable=true --config retention.ms=-1 --config local.retention.ms=172800000
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic audit --partitions 6 --config remote.storage.enable=true --config local.retention.ms=-2
kafka-configs --bootstrap-server kafka-1:9092 --alter --topic audit --add-config remote.storage.enable=true,local.retention.ms=-1
