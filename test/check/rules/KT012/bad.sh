#!/bin/sh
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic order.paid --partitions 6
# expect KT012
kafka-topics --bootstrap-server kafka-1:9092 --create --if-not-exists --topic order_paid --partitions 6
