#!/bin/sh
# expect KT010
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders --partitions 6 --config remote.storage.enable=true --config retention.ms=86400000 --config local.retention.ms=172800000
