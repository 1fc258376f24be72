#!/bin/sh
# expect KT021
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic "order events" --partitions 6
# expect KT021
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic commandes-payées --partitions 6
