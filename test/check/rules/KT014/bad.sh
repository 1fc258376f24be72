#!/bin/sh
# expect KT014
kafka-console-consumer --bootstrap-server kafka-1:9092 --topic orders --property print.key=true
# expect KT014
kafka-producer-perf-test --topic orders --num-records 1000 --record-size 100 --throughput -1 --producer-props bootstrap.servers=kafka-1:9092
