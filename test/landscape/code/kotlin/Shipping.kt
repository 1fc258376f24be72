package com.example.shipping

import org.apache.kafka.clients.consumer.ConsumerConfig
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerConfig
import org.apache.kafka.clients.producer.ProducerRecord
import org.springframework.kafka.annotation.KafkaListener
import java.util.Properties

const val SHIPMENTS = "shop.shipments"

class Shipping(brokers: String, region: String) {
    private val base = mapOf(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG to brokers)
    private val producer = KafkaProducer<String, String>(
        base + mapOf(
            ProducerConfig.ACKS_CONFIG to "0",
            "client.id" to "shipping-$region",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG to false,
        ),
    )

    fun ship(id: String) {
        producer.send(ProducerRecord(SHIPMENTS, id, "{}"))
    }

    fun all(ids: List<String>) = ids.forEach { id ->
        producer.send(ProducerRecord("$SHIPMENTS.bulk", id)).get()
    }

    fun read() {
        val settings = Properties().apply {
            put(ConsumerConfig.GROUP_ID_CONFIG, "shipping")
            this["enable.auto.commit"] = "true"
            put("session.timeout.ms", System.getenv("SESSION") ?: "30000")
        }
        KafkaConsumer<String, String>(settings).use { consumer ->
            consumer.subscribe(listOf(SHIPMENTS))
        }
    }

    companion object {
        const val RETURNS = "shop.returns"
    }

    @KafkaListener(topics = [RETURNS, "shop.claims"], groupId = "shipping-returns")
    fun onReturn(record: String) = println(record)
}
