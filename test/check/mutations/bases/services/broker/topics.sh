#!/bin/sh
for topic in orders bills prices stock mails; do
  kafka-topics.sh --bootstrap-server kafka-1:9092 --create --if-not-exists --topic "$topic" --partitions 12 --replication-factor 1
done
