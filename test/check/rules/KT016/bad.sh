#!/bin/sh
set -e
# expect KT016
kafka-topics --bootstrap-server kafka-1:9092 --create --topic orders --partitions 6
