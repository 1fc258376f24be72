#!/bin/sh
kafka-console-producer --broker-list kafka:9092 --topic orders < orders.txt
