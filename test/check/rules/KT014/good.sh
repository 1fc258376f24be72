#!/bin/sh
kafka-console-consumer --bootstrap-server kafka-1:9092 --topic orders --formatter-property print.key=true
kafka-topics --bootstrap-server kafka-1:9092 --list --command-config admin.properties
