#!/bin/sh
connect-mirror-maker.sh mm2.properties
