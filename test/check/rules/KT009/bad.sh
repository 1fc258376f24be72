#!/bin/sh
# expect KT009
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic customers --partitions 6 --config cleanup.policy=compact --config remote.storage.enable=true
