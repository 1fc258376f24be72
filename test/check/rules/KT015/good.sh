#!/bin/sh
kafka-topics --list --bootstrap-server kafka-1:9092,kafka-2:9092
kafka-topics --list --bootstrap-server "kafka-1:9092, kafka-2:9092"
kafka-topics --list --bootstrap-server "$SERVERS"
