package com.example.platform.producer;

/** Where an event stands that all in-sync replicas have. */
public record Delivery(String topic, int partition, long offset) {}
