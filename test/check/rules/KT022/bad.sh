#!/bin/sh
# expect KT022
kafka-topics.sh --bootstrap-server kafka-1:9092 --alter --topic orders --config retention.ms=604800000
