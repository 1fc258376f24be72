#!/bin/sh
# expect KM008
kafka-mirror-maker.sh --consumer.config consumer.properties --producer.config producer.properties --include ".*"
