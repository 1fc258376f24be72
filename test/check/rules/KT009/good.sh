#!/bin/sh
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders --partitions 6 --config cleanup.policy=delete --config remote.storage.enable=true
