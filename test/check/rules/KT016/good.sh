#!/bin/sh
set -e
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic orders --partitions 6
kafka-topics --bootstrap-server kafka-1:9092 --create --topic payments $OPTIONS
kafka-topics --bootstrap-server kafka-1:9092 --delete --topic old
