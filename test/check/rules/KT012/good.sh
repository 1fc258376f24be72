#!/bin/sh
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic order.paid --partitions 6
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic order-paid --partitions 6
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic "$PREFIX order" --partitions 6
