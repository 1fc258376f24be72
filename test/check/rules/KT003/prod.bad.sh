#!/bin/sh
for topic in orders payments; do
  # expect KT003
  kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic "$topic" --partitions 1 --replication-factor 3
done
